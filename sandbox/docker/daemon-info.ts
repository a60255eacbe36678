import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

const optional = <Codec extends t.Mixed>(codec: Codec) => t.union([codec, t.undefined])

const daemonInfo = t.type({
  ServerVersion: optional(t.string),
  Driver: t.string,
  CgroupDriver: optional(t.string),
  CgroupVersion: optional(t.string),
  Runtimes: t.record(t.string, t.unknown),
  DefaultRuntime: optional(t.string),
  SecurityOptions: t.union([t.array(t.string), t.null, t.undefined]),
  MemoryLimit: t.boolean,
  SwapLimit: t.boolean,
  PidsLimit: t.boolean,
  CpuCfsQuota: t.boolean,
  OSType: t.string,
  KernelVersion: optional(t.string),
  Architecture: optional(t.string),
})
type DaemonInfo = t.TypeOf<typeof daemonInfo>

/** What a daemon says of itself and of the machine it is on. */
export type DaemonFacts = Readonly<{
  version: string
  os: string
  kernel: string
  architecture: string
  storageDriver: string
  cgroup: Readonly<{ version: string; driver: string }>
  /** What its kernel can limit. */
  limits: Readonly<{ memory: boolean; swap: boolean; processes: boolean; cpu: boolean }>
  runtimes: ReadonlyArray<string>
  defaultRuntime: string
  seccomp: boolean
  /** Users of containers are others than those of the same number outside. */
  userNamespaces: boolean
  rootless: boolean
}>

/** Reads the answer to `GET /info`; null where it is none of Docker's API 1.41 or newer. */
export const decodeDaemonInfo = (answer: unknown): DaemonFacts | null =>
  pipe(
    daemonInfo.decode(answer),
    E.map(factsOf),
    E.getOrElse((): DaemonFacts | null => null),
  )

// `name=seccomp,profile=builtin`, `name=userns`, ...
const hasOption = ({ SecurityOptions }: DaemonInfo, name: string): boolean =>
  (SecurityOptions ?? []).some(option => option.split(',').includes(`name=${name}`))

const unconfined = ({ SecurityOptions }: DaemonInfo): boolean =>
  (SecurityOptions ?? []).some(option => option.split(',').includes('profile=unconfined'))

const unknown = 'unknown'

const factsOf = (daemon: DaemonInfo): DaemonFacts => ({
  version: daemon.ServerVersion ?? unknown,
  os: daemon.OSType,
  kernel: daemon.KernelVersion ?? unknown,
  architecture: daemon.Architecture ?? unknown,
  storageDriver: daemon.Driver,
  cgroup: { version: daemon.CgroupVersion ?? '1', driver: daemon.CgroupDriver ?? unknown },
  limits: {
    memory: daemon.MemoryLimit,
    swap: daemon.SwapLimit,
    processes: daemon.PidsLimit,
    cpu: daemon.CpuCfsQuota,
  },
  runtimes: Object.keys(daemon.Runtimes).sort(),
  defaultRuntime: daemon.DefaultRuntime ?? unknown,
  seccomp: hasOption(daemon, 'seccomp') && !unconfined(daemon),
  userNamespaces: hasOption(daemon, 'userns') || hasOption(daemon, 'rootless'),
  rootless: hasOption(daemon, 'rootless'),
})
