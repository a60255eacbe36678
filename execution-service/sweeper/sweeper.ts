import { setImmediate } from 'node:timers/promises'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Dispatcher } from '../dispatcher/dispatcher.ts'
import { type JournalDependencies, openJournal } from '../journal/submission-journal.ts'
import type { OpenIndex } from '../open-submissions/open-index.ts'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import type { Judge } from './judge.ts'

const entriesPerPage = 200

type Dependencies = JournalDependencies &
  Readonly<{ index: OpenIndex; dispatcher: Dispatcher; judge: Judge; logger: Logger }>

/**
 * Looks at every open submission and sees to it that something will end it: level-triggered, so that it does not matter
 * what was lost or why.
 */
export const createSweep = (dependencies: Dependencies, signal: AbortSignal) => {
  const { index, judge, logger } = dependencies

  const sweepPage = async (after: string | null): Promise<string | null> => {
    const page = await index.page(after, entriesPerPage)()
    if (E.isLeft(page)) {
      logger.warn({ fault: page.left }, 'The index of open submissions does not answer')
      return null
    }
    for (const entry of page.right) if (!signal.aborted) await look(entry)
    return page.right.length === entriesPerPage ? (page.right.at(-1)?.id ?? null) : null
  }

  const look = (entry: OpenEntry): Promise<void> =>
    entry.body.running === null ? lookAtWaiting(dependencies, entry, signal) : judge.look(entry, signal)

  return async (): Promise<void> => {
    judge.beginRound()
    let after: string | null = null
    do {
      after = await sweepPage(after)
      await setImmediate()
    } while (after !== null && !signal.aborted)
    judge.endRound()
  }
}

const lookAtWaiting = async (dependencies: Dependencies, entry: OpenEntry, signal: AbortSignal): Promise<void> => {
  const { dispatcher } = dependencies
  if ((await dispatcher.jobState(entry)) !== 'finished') return dispatcher.dispatch(entry)
  await lookAtFinished(dependencies, entry, signal)
}

// The job came to nothing, or the index is behind: the log knows.
const lookAtFinished = async (dependencies: Dependencies, entry: OpenEntry, signal: AbortSignal): Promise<void> => {
  const { dispatcher, index } = dependencies
  const journal = await openJournal(dependencies)(entry.id, signal)
  if (E.isLeft(journal) || journal.right === null) return
  const state = journal.right.state()
  if (state.status === 'waiting') return dispatcher.dispatchAnew(entry)
  if (state.status !== 'running') await index.forget(entry)()
}
