import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { SubmissionId } from '../types/ids.ts'

/** A hint that work may exist: ids only, the log holds the truth. */
export type Job = Readonly<{
  submissionId: SubmissionId
  attempt: number
  generation: number
  /** Tenants' k-th open submissions share a rank; lower runs first. From 1. */
  rank: number
}>

export type JobState = 'absent' | 'waiting' | 'active' | 'finished'

export type Delivery = Readonly<{
  job: Job
  /** True where an earlier delivery of this very job began and did not finish. */
  redelivered: boolean
  /** Aborted when the lock is lost or the consumer must stop at once. */
  signal: AbortSignal
  /** Little remains to be done: another job may be delivered in this one's place before its handler has ended. */
  yieldPlace: () => void
}>

export type QueueUnavailable = Readonly<{ _tag: 'QueueUnavailable'; message: string }>

export type Consumer = Readonly<{
  /** Take no more until told to resume: jobs are left to other consumers. What was delivered goes on. */
  pause: () => void
  resume: () => void
  /** Stop taking; wait at most `graceMs` for deliveries under way; then abort their signals and wait for the handlers to settle, bounded. */
  stop: (graceMs: number) => Promise<void>
}>

/** Distributes work. May lose everything and may deliver twice; the sweeper and the claim in the log heal both. */
export type JobQueue = Readonly<{
  /** `exec-<submissionId>-a<attempt>-g<generation>` names the job; a name known in any state is ignored. */
  enqueue: (job: Job) => TaskEither<QueueUnavailable, void>
  /** A waiting job of this name takes this rank; in any other state nothing changes. */
  rerank: (job: Job) => TaskEither<QueueUnavailable, void>
  /** At most `concurrency` handlers run at once, and as many that have yielded their place. A rejected handler is an infrastructure fault: the job is finished, the sweeper decides. */
  consume: (handler: (delivery: Delivery) => Promise<void>, concurrency: number) => Consumer
  state: (job: Job) => TaskEither<QueueUnavailable, JobState>
  /** How many jobs wait and how many run. */
  counts: () => TaskEither<QueueUnavailable, Readonly<{ waiting: number; active: number }>>
  close: () => Promise<void>
}>
