import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { callDocker } from './call-docker.ts'
import type { DockerFault } from './docker-fault.ts'

const daemonInfo = t.type({
  Driver: t.string,
  CgroupVersion: t.union([t.string, t.undefined]),
  Runtimes: t.record(t.string, t.unknown),
  SecurityOptions: t.union([t.array(t.string), t.null]),
  MemoryLimit: t.boolean,
  SwapLimit: t.boolean,
  PidsLimit: t.boolean,
  CpuCfsQuota: t.boolean,
  OSType: t.string,
})
type DaemonInfo = t.TypeOf<typeof daemonInfo>

export type DaemonFacts = Readonly<{
  storageDriver: string
  cgroupVersion: string
  runtimes: ReadonlyArray<string>
  seccomp: boolean
  /** What the sandbox needs and this daemon lacks, in words. */
  problems: ReadonlyArray<string>
}>

const probeTimeoutMs = 10_000

/** Asks the daemon what it can do. Left where it does not answer. */
export const probeDaemon = async (docker: Dockerode): Promise<E.Either<DockerFault, DaemonFacts>> => {
  const asked = await callDocker('ask Docker what it can do', probeTimeoutMs, abortSignal => info(docker, abortSignal))
  return E.map((answer: unknown) => {
    const decoded = daemonInfo.decode(answer)
    return E.isRight(decoded) ? factsOf(decoded.right) : unknownFacts
  })(asked)
}

// The library's types know of no options here.
const info = (docker: Dockerode, abortSignal: AbortSignal): Promise<unknown> =>
  Reflect.apply(docker.info, docker, [{ abortSignal }])

const unknownFacts: DaemonFacts = {
  storageDriver: 'unknown',
  cgroupVersion: 'unknown',
  runtimes: [],
  seccomp: false,
  problems: ['the daemon describes itself in words unknown to Docker’s API 1.41'],
}

const hasSeccomp = ({ SecurityOptions }: DaemonInfo) =>
  (SecurityOptions ?? []).some(option => option.includes('seccomp') && !option.includes('profile=unconfined'))

const factsOf = (daemon: DaemonInfo): DaemonFacts => ({
  storageDriver: daemon.Driver,
  cgroupVersion: daemon.CgroupVersion ?? '1',
  runtimes: Object.keys(daemon.Runtimes),
  seccomp: hasSeccomp(daemon),
  problems: problemsOf(daemon),
})

const problemsOf = (daemon: DaemonInfo): ReadonlyArray<string> =>
  [
    { lacks: daemon.OSType !== 'linux', problem: `it runs ${daemon.OSType} containers, not linux` },
    { lacks: !hasSeccomp(daemon), problem: 'it has no seccomp: programs could make any system call' },
    { lacks: !daemon.MemoryLimit, problem: 'its kernel cannot limit memory (cgroup controller `memory`)' },
    { lacks: !daemon.SwapLimit, problem: 'its kernel cannot limit swap: memory limits hold only without swap' },
    { lacks: !daemon.PidsLimit, problem: 'its kernel cannot limit processes (cgroup controller `pids`)' },
    { lacks: !daemon.CpuCfsQuota, problem: 'its kernel cannot limit CPU (CFS quota)' },
  ].flatMap(({ lacks, problem }) => (lacks ? [problem] : []))
