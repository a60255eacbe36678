import type { AbandonReason } from '@runledger/shared-kernel/domain-events/execution-abandoned.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'

/** Why a run is ended before its program is: `refused` where the log has gone on without it. */
type Interruption = AbandonReason | 'refused'

/** A program this process runs now, or whose outcome it holds. */
export type RunInProgress = Readonly<{
  attempt: number
  signal: AbortSignal
  /** Kills the program; the first interruption counts. Without effect once the program has ended. */
  interrupt: (why: Interruption) => void
  interruption: () => Interruption | null
}>

export type RunsInProgress = Readonly<{
  begin: (id: SubmissionId, attempt: number) => RunInProgress
  end: (id: SubmissionId, run: RunInProgress) => void
  find: (id: SubmissionId, attempt: number) => RunInProgress | null
  count: () => number
}>

export const createRunsInProgress = (): RunsInProgress => {
  const runs = new Map<SubmissionId, RunInProgress>()

  const begin = (id: SubmissionId, attempt: number): RunInProgress => {
    const run = createRun(attempt)
    runs.set(id, run)
    return run
  }

  const end = (id: SubmissionId, run: RunInProgress): void => {
    if (runs.get(id) === run) runs.delete(id)
  }

  const find = (id: SubmissionId, attempt: number): RunInProgress | null => {
    const run = runs.get(id)
    return run?.attempt === attempt ? run : null
  }

  return { begin, end, find, count: () => runs.size }
}

const createRun = (attempt: number): RunInProgress => {
  const controller = new AbortController()
  let interruption: Interruption | null = null

  const interrupt = (why: Interruption): void => {
    if (interruption !== null) return
    interruption = why
    controller.abort()
  }

  return {
    attempt,
    signal: controller.signal,
    interrupt,
    interruption: () => interruption,
  }
}
