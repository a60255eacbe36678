import type { ContainerCreateOptions } from 'dockerode'
import { seccompProfile } from '../seccomp/seccomp-profile.ts'
import { runtimeProcesses } from './gvisor.ts'

/** What a container is built for and cannot change later; memory and processes can. */
export type ContainerShape = Readonly<{ memoryBytes: number; processes: number; tmpfsBytes: number }>

/** Whose containers these are: an event log's, on one worker, in one incarnation of its process. */
export type ContainerOwner = Readonly<{ logId: string; workerId: string; incarnation: string }>

export type ContainerPlan = Readonly<{
  /** By digest, so that what runs is what was said to run. */
  image: Readonly<{ language: string; digest: string }>
  shape: ContainerShape
  owner: ContainerOwner
  cpus: number
  /** Name of an OCI runtime the daemon knows; null for its default. */
  runtime: string | null
}>

export const ownerLabels = {
  log: 'runledger.log',
  worker: 'runledger.worker',
  incarnation: 'runledger.incarnation',
}

const nobody = 65534
const mebibyte = 1024 * 1024
const seccomp = JSON.stringify(seccompProfile)

// One inode per 4 KiB keeps a tree of empty files from holding more kernel memory than the files it stands for.
const tmpfs = (bytes: number, identity: string) =>
  `rw,exec,nosuid,nodev,size=${bytes},nr_inodes=${Math.max(1024, Math.ceil(bytes / 4096))},${identity}`

// The runner needs room of its own beside a program that may have as many processes as it likes.
const runnerProcesses = 4

export const memoryAndProcesses = (
  { memoryBytes, processes }: Omit<ContainerShape, 'tmpfsBytes'>,
  runtime: string | null,
) => ({
  Memory: memoryBytes,
  // Memory and swap together: no swap.
  MemorySwap: memoryBytes,
  PidsLimit: processes + runnerProcesses + runtimeProcesses(runtime),
})

const limits = ({ shape, cpus, runtime }: ContainerPlan) => ({
  ...memoryAndProcesses(shape, runtime),
  MemorySwappiness: 0,
  NanoCpus: Math.round(cpus * 1e9),
  OomKillDisable: false,
  // Should the host itself run short, a submission goes before any service.
  OomScoreAdj: 500,
  ShmSize: 16 * mebibyte,
  Ulimits: [
    { Name: 'core', Soft: 0, Hard: 0 },
    { Name: 'nofile', Soft: 1024, Hard: 4096 },
  ],
})

const isolation = ({ shape, runtime }: ContainerPlan) => ({
  NetworkMode: 'none',
  IpcMode: 'private',
  CapDrop: ['ALL'],
  // For the runner alone: whoever it switches to another uid has none left.
  CapAdd: ['SETUID', 'SETGID', 'KILL'],
  SecurityOpt: ['no-new-privileges', `seccomp=${seccomp}`],
  ReadonlyRootfs: true,
  Tmpfs: {
    '/box': tmpfs(shape.tmpfsBytes, `uid=${nobody},gid=${nobody},mode=0700`),
    '/tmp': tmpfs(shape.tmpfsBytes, 'mode=1777'),
  },
  ...(runtime === null ? {} : { Runtime: runtime }),
})

/**
 * Every option of a sandbox container. Labels are fixed at creation, before a run is known: which run a container
 * serves is kept in memory, and a container without a living owner serves none.
 */
export const containerOptions = (plan: ContainerPlan): ContainerCreateOptions => ({
  Image: plan.image.digest,
  Hostname: 'sandbox',
  User: '0:0',
  WorkingDir: '/box',
  Entrypoint: ['/runledger/runner'],
  Cmd: [],
  Env: [],
  Tty: false,
  AttachStdin: true,
  AttachStdout: true,
  AttachStderr: true,
  OpenStdin: true,
  StdinOnce: true,
  // Beside `none` below: the namespace is there either way, and a start without the daemon's networking takes half the time.
  NetworkDisabled: true,
  Labels: {
    [ownerLabels.log]: plan.owner.logId,
    [ownerLabels.worker]: plan.owner.workerId,
    [ownerLabels.incarnation]: plan.owner.incarnation,
    'runledger.language': plan.image.language,
    'runledger.image': plan.image.digest,
  },
  HostConfig: {
    ...limits(plan),
    ...isolation(plan),
    Init: false,
    AutoRemove: false,
    RestartPolicy: { Name: 'no' },
    LogConfig: { Type: 'none', Config: {} },
  },
})
