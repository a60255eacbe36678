import type { DaemonFacts } from './daemon-info.ts'

/** In words, what a daemon lacks: `unsafe` where a program could do harm beyond its container, `degraded` where less is promised. */
export type Shortcomings = Readonly<{ unsafe: ReadonlyArray<string>; degraded: ReadonlyArray<string> }>

type Check = Readonly<{ lacks: boolean; problem: string }>

const told = (checks: ReadonlyArray<Check>): ReadonlyArray<string> =>
  checks.flatMap(({ lacks, problem }) => (lacks ? [problem] : []))

/** Where the daemon's words are unknown nothing is known of it, which is not safe. */
export const shortcomingsOf = (daemon: DaemonFacts | null): Shortcomings =>
  daemon === null
    ? { unsafe: ['the daemon describes itself in words unknown to Docker’s API 1.41'], degraded: [] }
    : { unsafe: told(dangers(daemon)), degraded: told(disadvantages(daemon)) }

const dangers = ({ os, seccomp, limits }: DaemonFacts): ReadonlyArray<Check> => [
  { lacks: os !== 'linux', problem: `it runs ${os} containers, not linux` },
  { lacks: !seccomp, problem: 'it has no seccomp: programs could make any system call' },
  { lacks: !limits.memory, problem: 'it cannot limit memory (cgroup controller `memory`): one program could take all' },
  {
    lacks: !limits.processes,
    problem: 'it cannot limit processes (cgroup controller `pids`): one program could take all',
  },
]

const disadvantages = ({ limits, storageDriver, userNamespaces }: DaemonFacts): ReadonlyArray<Check> => [
  {
    lacks: limits.memory && !limits.swap,
    problem: 'it cannot limit swap: limits of memory hold only while the machine has none',
  },
  {
    lacks: !limits.cpu,
    problem: 'it cannot limit CPU (CFS quota): a program may use every processor until its time is up',
  },
  { lacks: storageDriver === 'vfs', problem: 'its storage driver, vfs, copies the whole image for each container' },
  {
    lacks: !userNamespaces,
    problem:
      'it has no user namespaces (userns-remap): root of a container, which the runner is, is root of the machine',
  },
]
