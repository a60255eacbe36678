import { describe, expect, it } from 'vitest'
import { type SeccompProfile, seccompProfile } from './seccomp-profile.ts'
import { syscallGroups } from './syscall-groups.ts'

type Call = Readonly<{ name: string; args?: ReadonlyArray<number> }>
type Rule = SeccompProfile['syscalls'][number]

const holds = (args: ReadonlyArray<number>, condition: NonNullable<Rule['args']>[number]): boolean => {
  const actual = BigInt(args[condition.index] ?? 0)
  return condition.op === 'SCMP_CMP_EQ'
    ? actual === BigInt(condition.value)
    : (actual & BigInt(condition.value)) === BigInt(condition.valueTwo ?? 0)
}

const answer = ({ name, args = [] }: Call): string => {
  const rule = seccompProfile.syscalls.find(
    candidate => candidate.names.includes(name) && (candidate.args ?? []).every(condition => holds(args, condition)),
  )
  return rule === undefined ? 'EPERM' : rule.action === 'SCMP_ACT_ALLOW' ? 'allowed' : `errno ${rule.errnoRet}`
}

const forbidden: Record<string, ReadonlyArray<string>> = {
  'other processes': ['ptrace', 'process_vm_readv', 'process_vm_writev', 'kcmp', 'pidfd_getfd', 'process_madvise'],
  io_uring: ['io_uring_setup', 'io_uring_enter', 'io_uring_register'],
  keys: ['keyctl', 'add_key', 'request_key'],
  'kernel programs and counters': ['bpf', 'perf_event_open', 'userfaultfd', 'lookup_dcookie', 'fanotify_init'],
  namespaces: ['unshare', 'setns'],
  mounts: [
    ...['mount', 'umount', 'umount2', 'pivot_root', 'chroot', 'fsopen', 'fsconfig', 'fsmount', 'fspick'],
    ...['open_tree', 'move_mount', 'mount_setattr'],
  ],
  'kernel itself': [
    ...['kexec_load', 'kexec_file_load', 'init_module', 'finit_module', 'delete_module', 'reboot'],
    ...['swapon', 'swapoff', 'quotactl', 'quotactl_fd', 'syslog', 'acct', 'iopl', 'ioperm', 'modify_ldt', '_sysctl'],
  ],
  'files by handle': ['open_by_handle_at', 'name_to_handle_at'],
  clocks: ['clock_settime', 'settimeofday', 'stime', 'adjtimex', 'clock_adjtime'],
  'the terminal and the host': ['vhangup', 'sethostname', 'setdomainname', 'sync', 'syncfs'],
}

describe.each(Object.entries(forbidden))('given the family of %s', (_family, names) => {
  it.each(names)('%s answers EPERM', name => {
    expect(answer({ name })).toBe('EPERM')
  })
})

describe('given clone', () => {
  const newFlags = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]
  it.each(newFlags)('namespace flag %i answers EPERM', flag => {
    expect(answer({ name: 'clone', args: [flag | 17] })).toBe('EPERM')
  })

  it('starts processes and threads', () => {
    expect(answer({ name: 'clone', args: [0x01200011] })).toBe('allowed')
    expect(answer({ name: 'clone', args: [0x3d0f00] })).toBe('allowed')
  })

  it('is what clone3 sends libc back to', () => {
    expect(answer({ name: 'clone3' })).toBe('errno 38')
  })
})

describe('given a socket', () => {
  it.each([1, 2, 10])('family %i is allowed', family => {
    expect(answer({ name: 'socket', args: [family, 1, 0] })).toBe('allowed')
  })

  it.each([0, 3, 4, 5, 17, 21, 29, 31, 38, 40, 44])('family %i answers EPERM', family => {
    expect(answer({ name: 'socket', args: [family, 1, 0] })).toBe('EPERM')
  })

  it('of netlink speaks NETLINK_ROUTE only', () => {
    const protocols = Array.from({ length: 23 }, (_, protocol) => protocol)
    const allowed = protocols.filter(protocol => answer({ name: 'socket', args: [16, 3, protocol] }) === 'allowed')
    expect(allowed).toEqual([0])
  })

  it('pair is of AF_UNIX', () => {
    expect(answer({ name: 'socketpair', args: [1, 1, 0] })).toBe('allowed')
    expect(answer({ name: 'socketpair', args: [2, 1, 0] })).toBe('EPERM')
  })
})

describe('given mknod', () => {
  it('makes a FIFO, never a device', () => {
    expect(answer({ name: 'mknod', args: [0, 0o010644] })).toBe('allowed')
    expect(answer({ name: 'mknodat', args: [0, 0, 0o010644] })).toBe('allowed')
    expect(answer({ name: 'mknod', args: [0, 0o060644] })).toBe('EPERM')
    expect(answer({ name: 'mknodat', args: [0, 0, 0o020644] })).toBe('EPERM')
  })
})

describe('given personality', () => {
  it('may be asked, and never switches address randomisation off', () => {
    expect(answer({ name: 'personality', args: [0xffffffff] })).toBe('allowed')
    expect(answer({ name: 'personality', args: [0x0040000] })).toBe('EPERM')
  })
})

describe('given the profile', () => {
  it('names no call twice', () => {
    const names = Object.values(syscallGroups).flat()
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('knows native ABIs only', () => {
    expect(seccompProfile.archMap.map(({ architecture }) => architecture)).toEqual([
      'SCMP_ARCH_X86_64',
      'SCMP_ARCH_AARCH64',
    ])
    expect(seccompProfile.archMap.flatMap(({ subArchitectures }) => subArchitectures)).toEqual([])
  })
})
