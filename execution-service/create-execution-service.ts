import type { Consumer, Delivery } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import { settledWithin } from '@runledger/shared-kernel/timing/settled-within.ts'
import { createBackOff } from './dispatcher/back-off.ts'
import { createDispatcher } from './dispatcher/dispatcher.ts'
import type { ExecutionServiceOptions } from './execution-service-options.ts'
import { feedOpenIndex } from './open-submissions/open-feed.ts'
import { openIndex } from './open-submissions/open-index.ts'
import type { OpenEntry } from './open-submissions/open-submission.ts'
import { createSandboxGate } from './sandbox-gate/sandbox-gate.ts'
import { createJudge } from './sweeper/judge.ts'
import { createSweep } from './sweeper/sweeper.ts'
import { defaultTiming } from './timing/timing.ts'
import { handleDelivery } from './worker/handle-delivery.ts'
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
  const { logger, store, queue, sandbox, concurrency, reap } = options
  const timing = { ...defaultTiming, ...options.timing }
  const stopping = new AbortController()
  const loops: Array<Repetition> = []
  const runs = createRunsInProgress()
  const index = openIndex(store, logger)
  const defect = (what: string) => (cause: unknown) => logger.error({ err: cause }, `${what} failed`)
  const gate = createSandboxGate(sandbox, logger, () => sweepNow())
  const backOff = createBackOff(timing, defect('A dispatch'))
  const dispatcher = createDispatcher({ queue, sandbox, backOff, logger })
  const shared = { ...options, timing, runs, gate, index, dispatcher }
  const judge = createJudge(shared)
  const sweep = createSweep({ ...shared, judge }, stopping.signal)
  const handle = handleDelivery({ ...shared, isStopping: () => stopping.signal.aborted })
  let consumer: Consumer | null = null
  let feeding: ReturnType<typeof feedOpenIndex> = Promise.resolve(null)

  const sweepNow = (): void => {
    for (const loop of loops) loop.now()
  }

  const deliver = (delivery: Delivery): Promise<void> => handle(delivery).catch(defect('A delivery'))

  const react = async (entry: OpenEntry): Promise<void> => {
    const { running, cancelling } = entry.body
    if (running === null) await dispatcher.dispatch(entry)
    else if (cancelling) runs.find(entry.id, running.attempt)?.interrupt('cancelled')
  }

  const probeWhileShut = async (): Promise<void> => {
    if (gate.problem() !== null) await gate.probe()
  }

  const sweepOnceCaughtUp = async (): Promise<void> => {
    await (await feeding)?.caughtUp
    await gate.probe().catch(defect('A look at the sandbox'))
    if (!stopping.signal.aborted) await sweep()
  }

  const start = async (): Promise<void> => {
    await gate.probe().catch(defect('A look at the sandbox'))
    feeding = feedOpenIndex(shared, entry => react(entry).catch(defect('A dispatch')), stopping.signal)
    consumer = queue.consume(deliver, concurrency)
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
    const ended = [...loops.map(loop => loop.stop()), feeding.then(following => following?.stop())]
    await settledWithin(timing.settleMs, ended)
  }

  const health = (): ExecutionHealth => {
    const problem = gate.problem()
    const problems = problem === null ? [] : [`submissions wait for the sandbox: ${problem}`]
    return { healthy: problems.length === 0, problems, running: runs.count() }
  }

  return { start, stop, health }
}
