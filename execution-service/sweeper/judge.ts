import type { AbandonReason } from '@runledger/shared-kernel/domain-events/execution-abandoned.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import * as E from 'fp-ts/lib/Either.js'
import { type AppendFault, type JournalDependencies, openJournal } from '../journal/submission-journal.ts'
import type { OpenIndex } from '../open-submissions/open-index.ts'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import type { Timing } from '../timing/timing.ts'
import type { RunsInProgress } from '../worker/runs-in-progress.ts'
import { createSightings } from './sightings.ts'

type Dependencies = JournalDependencies &
  Readonly<{
    worker: { id: string; incarnation: string }
    soleIncarnation: boolean
    runs: RunsInProgress
    index: Pick<OpenIndex, 'forget'>
    maxAttempts: number
    monotonic: () => number
    timing: Pick<Timing, 'judgeGraceMs'>
    logger: Logger
  }>

type Verdict = Readonly<{ why: AbandonReason; detail: string }>

/** Decides which running attempts are given up. Only what this process has itself seen counts, by its own clock. */
export type Judge = Readonly<{
  beginRound: () => void
  look: (entry: OpenEntry, signal: AbortSignal) => Promise<void>
  /** Attempts not looked at since the round began are forgotten. */
  endRound: () => void
}>

export const createJudge = (dependencies: Dependencies): Judge => {
  const { worker, soleIncarnation, runs, monotonic, timing } = dependencies
  const sightings = createSightings(monotonic)

  const verdictOn = (entry: OpenEntry): Verdict | null => {
    const { running } = entry.body
    if (running === null) return null
    const unfinishedMs = sightings.sinceFirst(`${entry.id}/${running.attempt}`)
    if (running.incarnation !== worker.incarnation && soleIncarnation) return workerLost
    if (running.incarnation === worker.incarnation && runs.find(entry.id, running.attempt) === null) return runLost
    return unfinishedMs > running.budgetMs + timing.judgeGraceMs ? budgetPassed : null
  }

  const look = async (entry: OpenEntry, signal: AbortSignal): Promise<void> => {
    const run = runs.find(entry.id, entry.body.running?.attempt ?? 0)
    if (entry.body.cancelling) run?.interrupt('cancelled')
    const verdict = verdictOn(entry)
    if (verdict === null) return
    if (run === null) await abandon(dependencies, entry, verdict, signal)
    else run.interrupt(verdict.why)
  }

  return { beginRound: sightings.beginRound, look, endRound: sightings.endRound }
}

const workerLost: Verdict = { why: 'worker_lost', detail: 'the process that ran it is gone' }
const runLost: Verdict = { why: 'worker_lost', detail: 'its worker dropped it' }
const budgetPassed: Verdict = { why: 'budget_passed', detail: 'no outcome within its budget' }

const abandon = async (
  dependencies: Dependencies,
  entry: OpenEntry,
  { why, detail }: Verdict,
  signal: AbortSignal,
): Promise<void> => {
  const { maxAttempts, index, logger } = dependencies
  const attempt = entry.body.running?.attempt ?? 0
  const journal = await openJournal(dependencies)(entry.id, signal)
  if (E.isLeft(journal) || journal.right === null) return
  const answer = await journal.right.append({ _tag: 'AbandonAttempt', attempt, why, detail, maxAttempts }, signal)
  if (E.isRight(answer)) logger.info({ submissionId: entry.id, attempt, why }, 'An attempt was given up')
  // A process that was deposed may have put an entry back whose submission had ended.
  else if (hasEnded(answer.left)) await index.forget(entry)()
}

const hasEnded = (fault: AppendFault): boolean => fault._tag === 'Refused' && fault.refusal._tag === 'AlreadyEnded'
