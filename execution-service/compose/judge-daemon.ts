import { runtimeDrawbacks } from '@runledger/sandbox/docker/gvisor.ts'
import type { DaemonProbe } from '@runledger/sandbox/docker/probe-daemon.ts'
import { runtimeProblem } from '@runledger/sandbox/docker/runtime-problem.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import * as E from 'fp-ts/lib/Either.js'

/** What an operator is told of the daemon: what it lacks, and what it is. */
export type DaemonReport = Readonly<{
  warnings: ReadonlyArray<string>
  facts: Readonly<Record<string, string | boolean>>
}>

type Wishes = Pick<Config['sandbox'], 'runtime' | 'allowsUnsafeDaemon'>

/** Whether programs may run on that daemon. Left: why not, and what to do about it. */
export const judgeDaemon = (probe: DaemonProbe, wishes: Wishes): E.Either<string, DaemonReport> => {
  const problem = probe.facts === null ? null : runtimeProblem(probe.facts, wishes.runtime)
  if (problem !== null) return E.left(`SANDBOX_RUNTIME ${problem}`)
  if (probe.unsafe.length > 0 && !wishes.allowsUnsafeDaemon) return E.left(refusal(probe.unsafe))
  const drawbacks = runtimeDrawbacks(wishes.runtime ?? probe.facts?.defaultRuntime ?? '')
  return E.right({ warnings: [...probe.unsafe, ...probe.degraded, ...drawbacks], facts: factsOf(probe, wishes) })
}

const refusal = (unsafe: ReadonlyArray<string>): string =>
  `the Docker daemon cannot keep programs from doing harm: ${unsafe.join('; ')}. ` +
  'Run them on another one (DOCKER_HOST), or set SANDBOX_ALLOW_UNSAFE=yes to run them all the same'

// Not which kernel: whoever may ask for health need not know what it is open to.
const factsOf = ({ facts }: DaemonProbe, { runtime }: Wishes): DaemonReport['facts'] =>
  facts === null
    ? {}
    : {
        storageDriver: facts.storageDriver,
        cgroupVersion: facts.cgroup.version,
        cgroupDriver: facts.cgroup.driver,
        runtime: runtime ?? facts.defaultRuntime,
        seccomp: facts.seccomp,
        userNamespaces: facts.userNamespaces,
        rootless: facts.rootless,
      }
