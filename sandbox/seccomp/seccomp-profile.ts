import { syscallGroups } from './syscall-groups.ts'

type Condition = Readonly<{
  index: number
  op: 'SCMP_CMP_EQ' | 'SCMP_CMP_MASKED_EQ'
  value: number
  valueTwo?: number
}>

type Rule = Readonly<{
  names: ReadonlyArray<string>
  action: 'SCMP_ACT_ALLOW' | 'SCMP_ACT_ERRNO'
  errnoRet?: number
  args?: ReadonlyArray<Condition>
}>

export type SeccompProfile = Readonly<{
  defaultAction: 'SCMP_ACT_ERRNO'
  archMap: ReadonlyArray<Readonly<{ architecture: string; subArchitectures: ReadonlyArray<string> }>>
  syscalls: ReadonlyArray<Rule>
}>

const allow = (names: ReadonlyArray<string>, ...args: ReadonlyArray<Condition>): Rule => ({
  names,
  action: 'SCMP_ACT_ALLOW',
  args,
})

const equals = (index: number, value: number): Condition => ({ index, op: 'SCMP_CMP_EQ', value })

const masked = (index: number, mask: number, value: number): Condition => ({
  index,
  op: 'SCMP_CMP_MASKED_EQ',
  value: mask,
  valueTwo: value,
})

const families = { unix: 1, inet: 2, inet6: 10, netlink: 16 }
const netlinkRoute = 0

// AF_VSOCK, AF_PACKET, AF_ALG and their like reach the host or rarely tested kernel code. NETLINK_ROUTE lists interfaces.
const socketRules = [
  ...[families.unix, families.inet, families.inet6].map(family => allow(['socket'], equals(0, family))),
  allow(['socket'], equals(0, families.netlink), equals(2, netlinkRoute)),
  allow(['socketpair'], equals(0, families.unix)),
]

// NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET: a new namespace hands out capabilities within it.
const namespaceFlags = 0x7e020000
const enosys = 38

// clone3 keeps its flags in memory, where a filter cannot look: libc falls back to clone on ENOSYS.
const cloneRules: ReadonlyArray<Rule> = [
  allow(['clone'], masked(0, namespaceFlags, 0)),
  { names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: enosys },
]

const fileTypeMask = 0o170000
const fifo = 0o010000

// mkfifo is a mknod; device nodes stay out.
const fifoRules = [allow(['mknod'], masked(1, fileTypeMask, fifo)), allow(['mknodat'], masked(2, fileTypeMask, fifo))]

// PER_LINUX, PER_LINUX32 (uname only), UNAME26, both, and the query: none weakens address randomisation.
const personalities = [0x0, 0x8, 0x20000, 0x20008, 0xffffffff]

/** The allow-list of every container: what is not named answers EPERM, foreign ABIs (32-bit, x32) are killed. */
export const seccompProfile: SeccompProfile = {
  defaultAction: 'SCMP_ACT_ERRNO',
  archMap: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'].map(architecture => ({ architecture, subArchitectures: [] })),
  syscalls: [
    allow(Object.values(syscallGroups).flat()),
    ...cloneRules,
    ...socketRules,
    ...fifoRules,
    ...personalities.map(value => allow(['personality'], equals(0, value))),
  ],
}
