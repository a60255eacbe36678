import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import { describeError } from '@runledger/shared-kernel/logger/describe-error.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import type { Timing } from '../timing/timing.ts'

/**
 * Looks after runs whose partition another process follows: whoever runs a program must hear of its cancellation, or
 * that the log has gone on without it.
 */
export type RunWatch = Readonly<{
  start: () => void
  /** Calls `look` when the submission's partition has grown, and now and then. Answers what ends it. */
  begin: (id: SubmissionId, look: () => Promise<void>) => () => void
  stop: () => void
}>

type Options = Readonly<{
  wakeUp: WakeUp
  partitions: number
  /** True for partitions whose events this process sees anyway. */
  isHeld: (partition: number) => boolean
  timing: Pick<Timing, 'watchGatherMs' | 'watchIdleMs'>
  logger: Logger
}>

type Watched = { readonly partition: number; readonly look: () => Promise<void>; timer: NodeJS.Timeout; isDue: boolean }

export const createRunWatch = ({ wakeUp, partitions, isHeld, timing, logger }: Options): RunWatch => {
  const { watchGatherMs, watchIdleMs } = timing
  const watched = new Set<Watched>()
  let unsubscribe = (): void => undefined

  const lookAt = async (each: Watched): Promise<void> => {
    each.isDue = true
    try {
      if (!isHeld(each.partition)) await each.look()
    } catch (defect) {
      logger.error({ err: describeError(defect) }, 'A look at a run failed')
    } finally {
      if (watched.has(each)) rest(each)
    }
  }

  const lookIn = (each: Watched, ms: number): void => {
    clearTimeout(each.timer)
    each.timer = setTimeout(() => void lookAt(each), ms)
  }

  const rest = (each: Watched): void => {
    each.isDue = false
    lookIn(each, watchIdleMs)
  }

  // A program that writes much makes its own partition grow: what comes within one pause is looked at once.
  const hear = (p: number): void => {
    for (const each of watched) {
      if (each.partition !== p || each.isDue || isHeld(p)) continue
      each.isDue = true
      lookIn(each, watchGatherMs)
    }
  }

  const begin = (id: SubmissionId, look: () => Promise<void>) => {
    const partition = partitionOf(submissionStream(id), partitions)
    const each: Watched = { partition, look, isDue: false, timer: setTimeout(() => void lookAt(each), watchIdleMs) }
    watched.add(each)
    return () => {
      watched.delete(each)
      clearTimeout(each.timer)
    }
  }

  return {
    start: () => {
      unsubscribe = wakeUp.subscribe(({ p }) => hear(p))
    },
    begin,
    stop: () => unsubscribe(),
  }
}
