import { setImmediate } from 'node:timers/promises'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Dispatcher } from '../dispatcher/dispatcher.ts'
import type { TenantRanks } from '../dispatcher/tenant-ranks.ts'
import { type JournalDependencies, openJournal } from '../journal/submission-journal.ts'
import type { OpenIndex } from '../open-submissions/open-index.ts'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import type { Judge } from './judge.ts'

const entriesPerPage = 200

type Dependencies = JournalDependencies &
  Readonly<{
    index: OpenIndex
    dispatcher: Dispatcher
    ranks: TenantRanks
    judge: Judge
    /** True for submissions this process sees to, where several share the log. */
    isHeld: (id: SubmissionId) => boolean
    logger: Logger
  }>

/**
 * Looks at every open submission and sees to it that something will end it: level-triggered, so that it does not matter
 * what was lost or why.
 */
export const createSweep = (dependencies: Dependencies, signal: AbortSignal) => {
  const { index, ranks, judge, isHeld, logger } = dependencies

  /** Null where the index does not answer. */
  const sweepPage = async (after: string | null): Promise<ReadonlyArray<OpenEntry> | null> => {
    const page = await index.page(after, entriesPerPage)()
    if (E.isLeft(page)) {
      logger.warn({ fault: page.left }, 'The index of open submissions does not answer')
      return null
    }
    for (const entry of page.right) if (!signal.aborted) await look(entry)
    return page.right
  }

  const look = async (entry: OpenEntry): Promise<void> => {
    const rank = ranks.count(entry)
    if (!isHeld(entry.id)) return
    if (entry.body.running === null) await lookAtWaiting(dependencies, entry, { rank, signal })
    else await judge.look(entry, signal)
  }

  return async (): Promise<void> => {
    judge.beginRound()
    ranks.beginRound()
    let page: ReadonlyArray<OpenEntry> | null = null
    do {
      page = await sweepPage(page?.at(-1)?.id ?? null)
      await setImmediate()
    } while (page?.length === entriesPerPage && !signal.aborted)
    // A round that was broken off has not seen all there is: nothing is forgotten after it.
    if (page === null || signal.aborted) return
    judge.endRound()
    ranks.endRound()
  }
}

type Look = Readonly<{ rank: number; signal: AbortSignal }>

const lookAtWaiting = async (dependencies: Dependencies, entry: OpenEntry, look: Look): Promise<void> => {
  const { dispatcher, ranks } = dependencies
  const state = await dispatcher.jobState(entry)
  if (state === 'absent') await dispatcher.dispatch(entry, look.rank)
  if (state === 'waiting' && ranks.shouldGive(entry, look.rank)) await dispatcher.rerank(entry, look.rank)
  if (state === 'finished') await lookAtFinished(dependencies, entry, look)
}

// The job came to nothing, or the index is behind: the log knows.
const lookAtFinished = async (dependencies: Dependencies, entry: OpenEntry, look: Look): Promise<void> => {
  const { dispatcher, index } = dependencies
  const journal = await openJournal(dependencies)(entry.id, look.signal)
  if (E.isLeft(journal) || journal.right === null) return
  const state = journal.right.state()
  if (state.status === 'waiting') return dispatcher.dispatchAnew(entry, look.rank)
  if (state.status !== 'running') await index.forget(entry)()
}
