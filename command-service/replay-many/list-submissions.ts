import * as E from 'fp-ts/lib/Either.js'
import { historyPage } from './api-answers.ts'
import type { AskServer, Unanswered } from './ask-server.ts'
import type { ReplayOptions } from './replay-options.ts'

const perPage = 100

/** Ids of the submissions to replay. Those that are replays themselves are left out, lest they double with each time. */
export const listSubmissions = async (
  ask: AskServer,
  options: ReplayOptions,
): Promise<E.Either<Unanswered, ReadonlyArray<string>>> => {
  if (options.ids.length > 0) return E.right(options.ids)
  const { limit = Number.POSITIVE_INFINITY } = options
  const ids: Array<string> = []
  let before: string | null = null
  do {
    const page: E.Either<Unanswered, typeof historyPage._A> = await ask({
      method: 'GET',
      path: `/api/submissions?${parametersOf(options, before)}`,
      answer: historyPage,
    })
    if (E.isLeft(page)) return page
    ids.push(...page.right.submissions.flatMap(({ submissionId, replayOf }) => (replayOf == null ? submissionId : [])))
    before = page.right.next
  } while (before !== null && ids.length < limit)
  return E.right(ids.slice(0, Math.min(limit, ids.length)))
}

const parametersOf = ({ since, until, language, outcome }: ReplayOptions, before: string | null): string => {
  const parameters = { from: since, to: until, lang: language, outcome, before, limit: String(perPage) }
  const given = Object.entries(parameters).flatMap(([name, value]) => (value == null ? [] : [[name, value]]))
  return new URLSearchParams(given).toString()
}
