import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import type { Timing } from './timing/timing.ts'

/** A worker keeps its `id` over restarts; an `incarnation` is one life of its process. */
export type WorkerIdentity = Readonly<{ id: string; incarnation: string }>

export type ExecutionServiceOptions = Readonly<{
  log: EventLog
  /** Keeps the index of open submissions; rebuilt from the log where it is lost. */
  store: ReadModelStore
  queue: JobQueue
  wakeUp: WakeUp
  sandbox: Sandbox
  worker: WorkerIdentity
  /** How many programs run at once. */
  concurrency: number
  /** How many faults of the infrastructure a submission survives, less one. */
  maxAttempts: number
  /** True where no other process executes on this log: attempts of any other incarnation are dead. */
  soleIncarnation: boolean
  /** Removes the containers of dead processes. */
  reap: () => Promise<unknown>
  now: () => Date
  /** Milliseconds from an arbitrary start, never backward. */
  monotonic: () => number
  logger: Logger
  timing?: Partial<Timing>
}>
