import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import type { Consumer, Delivery } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { sharePartitions } from '@runledger/shared-kernel/sharing/share-partitions.ts'
import { allPartitions } from '@runledger/shared-kernel/sharing/shares.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import { settledWithin } from '@runledger/shared-kernel/timing/settled-within.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { createBackOff } from './dispatcher/back-off.ts'
import { createDispatcher } from './dispatcher/dispatcher.ts'
import { createTenantRanks } from './dispatcher/tenant-ranks.ts'
import type { ExecutionServiceOptions } from './execution-service-options.ts'
import { feedOpenIndex } from './open-submissions/open-feed.ts'
import { openIndex } from './open-submissions/open-index.ts'
import type { OpenEntry } from './open-submissions/open-submission.ts'
import { createSandboxGate } from './sandbox-gate/sandbox-gate.ts'
import { createJudge } from './sweeper/judge.ts'
import { createSweep } from './sweeper/sweeper.ts'
import { defaultTiming } from './timing/timing.ts'
import { handleDelivery } from './worker/handle-delivery.ts'
import { createRunWatch } from './worker/run-watch.ts'
import { createRunsInProgress } from './worker/runs-in-progress.ts'

export type ExecutionService = Readonly<{
  /** Begins to take jobs and to follow the log; what an earlier process left open is taken up. */
  start: () => Promise<void>
  /** Takes no more, waits at most `graceMs` for what runs, abandons the rest, bounded. */
  stop: (graceMs: number) => Promise<void>
  health: () => ExecutionHealth
}>

type ExecutionHealth = Readonly<{ healthy: boolean; problems: ReadonlyArray<string>; running: number }>

/** Runs what the log says is waiting and records how it went: dispatcher, worker, sweeper and reaper of one process. */
export const createExecutionService = (options: ExecutionServiceOptions): ExecutionService => {
  const { logger, log, store, queue, wakeUp, sandbox, worker, soleIncarnation, concurrency, reap } = options
  const membership = { group: 'open submissions', name: worker.incarnation }
  const timing = { ...defaultTiming, ...options.timing }
  const stopping = new AbortController()
  const loops: Array<Repetition> = []
  const runs = createRunsInProgress()
  const index = openIndex(store, logger)
  const defect = (what: string) => (cause: unknown) => logger.error({ err: cause }, `${what} failed`)
  const gate = createSandboxGate(sandbox, logger, {
    onShut: () => consumer?.pause(),
    onOpened: () => {
      takeJobs()
      sweepNow()
    },
  })
  const backOff = createBackOff(timing, defect('A dispatch'))
  // Where others execute too, one of them may have the language.
  const mayRun = (language: string): boolean => !soleIncarnation || sandbox.image(language) !== null
  const dispatcher = createDispatcher({ queue, mayRun, backOff, logger })
  const shares = soleIncarnation
    ? allPartitions(log.partitions)
    : sharePartitions({ ...options, ...timing, ...membership, partitions: log.partitions, leases: store.leases })
  const isHeld = (p: number): boolean => shares.held().has(p)
  const ranks = createTenantRanks(() => Math.max(1, shares.held().size) / log.partitions)
  const watch = createRunWatch({ wakeUp, partitions: log.partitions, isHeld, timing, logger })
  const isHeldSubmission = (id: SubmissionId): boolean => isHeld(partitionOf(submissionStream(id), log.partitions))
  const shared = { ...options, timing, runs, watch, gate, index, shares, ranks, dispatcher, isHeld: isHeldSubmission }
  const judge = createJudge(shared)
  const sweep = createSweep({ ...shared, judge }, stopping.signal)
  const handle = handleDelivery({ ...shared, isStopping: () => stopping.signal.aborted })
  const delivered = new Map<SubmissionId, number>()
  let consumer: Consumer | null = null
  let following: Promise<void> = Promise.resolve()

  const sweepNow = (): void => {
    for (const loop of loops) loop.now()
  }

  const deliver = async (delivery: Delivery): Promise<void> => {
    const { submissionId, attempt } = delivery.job
    delivered.set(submissionId, attempt)
    await handle(delivery).catch(defect('A delivery'))
    if (delivered.get(submissionId) === attempt) delivered.delete(submissionId)
  }

  // A job that has been delivered here is known to the queue: to enqueue it again would change nothing.
  const dispatch = async (entry: OpenEntry): Promise<void> => {
    const rank = ranks.admit(entry)
    if (delivered.get(entry.id) !== entry.body.attempts + 1) await dispatcher.dispatch(entry, rank)
  }

  const react = async (entry: OpenEntry): Promise<void> => {
    const { running, cancelling } = entry.body
    if (running === null) await dispatch(entry)
    else if (cancelling) runs.find(entry.id, running.attempt)?.interrupt('cancelled')
  }

  const probeWhileShut = async (): Promise<void> => {
    if (gate.problem() !== null) await gate.probe()
  }

  const sweepOnceCaughtUp = async (): Promise<void> => {
    await feed.caughtUp
    await gate.probe().catch(defect('A look at the sandbox'))
    if (!stopping.signal.aborted) await sweep()
  }

  const feed = feedOpenIndex(shared, {
    changed: entry => react(entry).catch(defect('A dispatch')),
    ended: ({ tenant }) => ranks.left(tenant),
  })

  const followLog = async (): Promise<void> => {
    await shares.start()
    shares.onChange(sweepNow)
    if (!stopping.signal.aborted) await feed.start()
  }

  // A service that cannot run anything yet takes nothing at all.
  const takeJobs = (): void => {
    if (stopping.signal.aborted || gate.problem() !== null) return
    if (consumer === null) consumer = queue.consume(deliver, concurrency)
    else consumer.resume()
  }

  const start = async (): Promise<void> => {
    await gate.probe().catch(defect('A look at the sandbox'))
    watch.start()
    following = followLog().catch(defect('Following the log'))
    takeJobs()
    loops.push(
      repeat(sweepOnceCaughtUp, timing.sweepMs, defect('A sweep')),
      repeat(probeWhileShut, timing.probeMs, defect('A look at the sandbox')),
      repeat(reap, timing.reapMs, defect('Reaping')),
    )
  }

  const stop = async (graceMs: number): Promise<void> => {
    stopping.abort()
    gate.release()
    await consumer?.stop(graceMs)
    backOff.stop()
    watch.stop()
    const unfollow = () => feed.stop().then(shares.stop)
    await settledWithin(timing.settleMs, [...loops.map(loop => loop.stop()), following.then(unfollow)])
  }

  const health = (): ExecutionHealth => {
    const problem = gate.problem()
    const problems = problem === null ? [] : [`submissions wait for the sandbox: ${problem}`]
    return { healthy: problems.length === 0, problems, running: runs.count() }
  }

  return { start, stop, health }
}
