import { arch } from 'node:os'
import Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCode, testSandbox } from '../docker/test-sandbox.ts'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'

type Numbers = Readonly<{ x64: number; arm64: number }>

const calls: Readonly<Record<string, Numbers & Readonly<{ args?: ReadonlyArray<number> }>>> = {
  ptrace: { x64: 101, arm64: 117 },
  process_vm_readv: { x64: 310, arm64: 270 },
  process_vm_writev: { x64: 311, arm64: 271 },
  io_uring_setup: { x64: 425, arm64: 425, args: [1, 0] },
  keyctl: { x64: 250, arm64: 219 },
  add_key: { x64: 248, arm64: 217 },
  bpf: { x64: 321, arm64: 280 },
  perf_event_open: { x64: 298, arm64: 241 },
  userfaultfd: { x64: 323, arm64: 282 },
  unshare: { x64: 272, arm64: 97, args: [0x10000000] },
  setns: { x64: 308, arm64: 268 },
  mount: { x64: 165, arm64: 40 },
  pivot_root: { x64: 155, arm64: 41 },
  chroot: { x64: 161, arm64: 51 },
  fsopen: { x64: 430, arm64: 430 },
  open_by_handle_at: { x64: 304, arm64: 265 },
  kexec_load: { x64: 246, arm64: 104 },
  init_module: { x64: 175, arm64: 105 },
  reboot: { x64: 169, arm64: 142 },
  swapon: { x64: 167, arm64: 224 },
  quotactl: { x64: 179, arm64: 60 },
  'personality without randomisation': { x64: 135, arm64: 92, args: [0x0040000] },
  'clone of a user namespace': { x64: 56, arm64: 220, args: [0x10000011, 0, 0, 0, 0] },
  'socket of AF_VSOCK': { x64: 41, arm64: 198, args: [40, 1, 0] },
  'socket of AF_ALG': { x64: 41, arm64: 198, args: [38, 5, 0] },
  'socket of AF_PACKET': { x64: 41, arm64: 198, args: [17, 3, 0] },
  'socket of NETLINK_AUDIT': { x64: 41, arm64: 198, args: [16, 3, 9] },
}

const perl = (number: number, args: ReadonlyArray<number>) =>
  `my $r = syscall(${[number, ...args].join(', ')}); print $r == -1 ? $! + 0 : "allowed";`

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = testSandbox(new Dockerode(), await runnerImage(), { languages: ['perl'] })
})
afterAll(() => sandbox.close())

const ask = async (programs: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const code = programs.map(program => `{ ${program} print "\\n"; }`).join('\n')
  const { stdout } = await runCode(sandbox, code, { language: 'perl' })
  return stdout.trim().split('\n')
}

const eperm = '1'
const enosys = '38'
const numberOf = ({ x64, arm64 }: Numbers) => (arch() === 'arm64' ? arm64 : x64)

describe('given a program inside a container', () => {
  it('what is forbidden answers EPERM', async () => {
    const answers = await ask(Object.values(calls).map(call => perl(numberOf(call), call.args ?? [0, 0, 0, 0])))
    const told = Object.fromEntries(Object.keys(calls).map((name, index) => [name, answers[index]]))
    expect(told).toEqual(Object.fromEntries(Object.keys(calls).map(name => [name, eperm])))
  })

  it('clone3 does not exist', async () => {
    expect(await ask([perl(435, [0, 0])])).toEqual([enosys])
  })

  it('sockets of its own, interfaces and FIFOs are there', async () => {
    const socket = numberOf({ x64: 41, arm64: 198 })
    const programs = [
      perl(socket, [1, 1, 0]),
      perl(socket, [2, 1, 0]),
      perl(socket, [10, 1, 0]),
      perl(socket, [16, 3, 0]),
    ]
    expect(await ask(programs)).toEqual(['allowed', 'allowed', 'allowed', 'allowed'])
    expect((await runCode(sandbox, 'mkfifo pipe && test -p pipe && echo made')).stdout).toBe('made\n')
  })
})
