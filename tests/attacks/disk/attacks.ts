import { expect } from 'vitest'
import { attack, type Scene } from '../attack.ts'
import { ends, tells } from '../steps.ts'
import { mebibyte, programsIn } from '../submission.ts'

const program = programsIn(import.meta.dirname)

const smallDisk = { limits: { tmpfsBytes: 8 * mebibyte, memoryBytes: 256 * mebibyte, fileBytes: 64 * mebibyte } }
const tooLarge = { outcome: 'signalled', signal: 'SIGXFSZ', reason: 'file_size' }
const readOnly = ['/', '/etc', '/var/tmp', '/usr', '/run']

const nothingFound = ({ stdOutput }: Readonly<Record<string, unknown>>) =>
  expect(stdOutput).toMatch(/^found \[\] processes 1\nleft \[.*'\/tmp'.*\]\n$/)
const leaving = ends(program('leaves-state.py'), { outcome: 'success', stdError: '' }, nothingFound)

const noFileTaken = {
  outcome: 'success',
  outputs: [],
  omittedOutputs: expect.arrayContaining([{ name: 'main.py', reason: 'not_regular' }]),
}

const pristineThrice = Array.from({ length: 3 }, () => ({ expectedOutput: 'pristine' }))
const acceptedThrice = { outcome: 'accepted', testSummary: { total: 3, run: 3, passed: 3 } }

export const diskAttacks = [
  attack(
    'A29',
    'a full disk',
    tells(
      program('fills-disk.py', smallDisk),
      ...['/box', '/tmp', '/dev/shm'].map(folder => `${folder} No space left on device`),
      ...readOnly.map(folder => `${folder} Read-only file system`),
      '/dev Permission denied',
      'bounded',
    ),
  ),
  attack(
    'A30',
    'inodes without end',
    tells(
      program('fills-inodes.py', smallDisk),
      '/box No space left on device True',
      '/tmp No space left on device True',
    ),
  ),
  attack(
    'A31',
    'a sparse or preallocated file of a tebibyte',
    ...['truncate', 'fallocate', 'seek'].map(how => ends(program('huge-file.c', { args: [how] }), tooLarge)),
    tells(program('huge-file.py'), 'truncate EFBIG', 'fallocate EFBIG', 'seek EFBIG', '0'),
  ),
  attack('A32', 'state left for the next run', leaving, leaving, leaving),
  attack(
    'A33',
    'links where the host might look',
    tells(({ hostFile }: Scene) => program('replaces-files.py', { args: [hostFile] }), 'replaced'),
    ends(
      ({ hostFile }: Scene) => program('replaces-files.py', { args: [hostFile], outputs: ['**', 'main.py/etc/*'] }),
      noFileTaken,
    ),
  ),
  attack(
    'A34',
    'FIFO, socket, folder and device where the host might look',
    tells(program('odd-files.py'), 'no device'),
    ends(program('odd-files.py', { outputs: ['**', '.*'] }), noFileTaken),
  ),
  attack(
    'A35',
    'altering its own source and binary',
    tells(program('rewrites-itself.py'), 'pristine'),
    tells(program('rewrites-itself.py'), 'pristine'),
    tells(program('rewrites-binary.c'), 'pristine'),
    tells(program('rewrites-binary.c'), 'pristine'),
    ends(program('rewrites-itself.py', { tests: pristineThrice }), acceptedThrice),
    ends(program('rewrites-binary.c', { tests: pristineThrice }), acceptedThrice),
  ),
  attack(
    'A36',
    'trees made to defeat a clean-up',
    tells(program('hides-in-depth.py'), 'hidden'),
    tells(program('hides-in-depth.py', { outputs: ['**'] }), 'hidden'),
  ),
]
