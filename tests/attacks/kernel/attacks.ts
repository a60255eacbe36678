import { arch } from 'node:os'
import { expect } from 'vitest'
import { attack } from '../attack.ts'
import { ends, success, tells } from '../steps.ts'
import { programsIn } from '../submission.ts'

const program = programsIn(import.meta.dirname)

const namespaces = ['mount', 'user', 'network', 'pid', 'ipc', 'uts', 'cgroup']
const calls = ['chroot', 'mount', 'bind', 'remount', 'unmount', 'pivot_root', 'enter a namespace']
const tracing = ['attach to a child', 'seize the runner', 'be traced', 'write into a child', 'read from the runner']
const refused = (names: ReadonlyArray<string>) => names.map(name => `${name}: EPERM`)

// Only x86-64 has other ways into the kernel that a program can take by itself.
const foreign =
  arch() === 'x64' ? [tells(program('foreign-calls.c'), '32-bit: 471 of 471 killed', 'x32: 471 of 471 killed')] : []

export const kernelAttacks = [
  attack('A42', 'tracing and writing into other processes', tells(program('traces.c'), ...refused(tracing))),
  attack(
    'A44',
    'leaving the container',
    tells(
      program('leaves-the-container.c'),
      ...refused([...calls, 'make a device', 'make a device in a folder']),
      ...refused(namespaces.flatMap(name => [name, name])),
      'clone3: ENOSYS',
    ),
  ),
  attack(
    'A45',
    'forbidden system calls, each number, in every ABI',
    ends(program('forbidden-calls.c'), { ...success, stdOutput: expect.stringMatching(/^\d+ tried\n$/) }),
    tells(program('unknown-calls.c'), 'tried'),
    ...foreign,
  ),
  attack(
    'A46',
    "the kernel's own files",
    tells(program('writes-to-kernel.py'), 'written []', 'core (0, 0)', 'Permission denied'),
    ends(program('dumps-core.py'), { outcome: 'signalled', signal: 'SIGSEGV' }),
  ),
]
