import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Member, startMember } from './cluster-member.ts'

/** The servers a cluster stands on. */
export type Grounds = Readonly<{ mongoUrl: string; redisUrl: string }>

export type ClusterOptions = Readonly<{
  executors?: number
  queries?: number
  /** How far each executor's wall clock is ahead. */
  clockShiftsMs?: ReadonlyArray<number>
  env?: Readonly<Record<string, string>>
  /** Where the sources of its members lie; absent: here. */
  root?: string
}>

/** A whole distributed system of real processes on this machine. */
export type Cluster = Readonly<{
  grounds: Grounds
  command: Member
  queries: ReadonlyArray<Member>
  executors: ReadonlyArray<Member>
  members: ReadonlyArray<Member>
  /** The cluster's log and read models as a process beside it sees them. */
  log: EventLog
  store: ReadModelStore
  /** Tells every member to stop, answers their exit statuses by name. */
  stop: () => Promise<Readonly<Record<string, number | NodeJS.Signals>>>
  /** Ends what still runs and closes everything. */
  close: () => Promise<void>
}>

/** How long a job stays its worker's without a sign of life. */
export const lockMs = 3_000
/** The same for a partition and its projector; this one cannot be configured. */
export const leaseMs = 5_000

// Short locks: a test shows the same healing as an installation, in seconds.
const testEnv = {
  LANGUAGES: 'python,bash',
  CONCURRENCY: '2',
  MAX_ATTEMPTS: '50',
  QUEUE_LOCK_MS: String(lockMs),
}

const startMembers = async (grounds: Grounds, options: ClusterOptions) => {
  const { executors = 2, queries = 1, clockShiftsMs = [], env = {}, root } = options
  const shared = { ...grounds, env: { ...testEnv, ...env }, clockShiftMs: 0, root }
  const [command, ...others] = await Promise.all([
    startMember({ ...shared, service: 'command-service', name: 'command' }),
    ...Array.from({ length: queries }, (_, i) =>
      startMember({ ...shared, service: 'query-service', name: `query-${i}` }),
    ),
    ...Array.from({ length: executors }, (_, i) =>
      startMember({
        ...shared,
        service: 'execution-service',
        name: `executor-${i}`,
        clockShiftMs: clockShiftsMs[i] ?? 0,
      }),
    ),
  ])
  return { command, queries: others.slice(0, queries), executors: others.slice(queries) }
}

export const startCluster = async (grounds: Grounds, options: ClusterOptions = {}): Promise<Cluster> => {
  const url = grounds.mongoUrl
  const log = rightOf(await openMongoEventLog({ url })())
  const store = rightOf(await openMongoReadModelStore({ url })())
  const services = await startMembers(grounds, options)
  const members = [services.command, ...services.queries, ...services.executors]

  const stop = async () =>
    Object.fromEntries(await Promise.all(members.map(async ({ name, end }) => [name, await end('SIGTERM')] as const)))

  const close = async () => {
    await Promise.all(members.map(member => member.close()))
    await store.close()
    await log.close()
  }

  return { grounds, ...services, members, log, store, stop, close }
}
