import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import { outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { HistoryFilter, HistoryQuery } from '../read-models/history/find-history.ts'
import { submissionStatus } from '../read-models/history/history-body.ts'
import { readHistoryCursor } from './history-cursor.ts'
import { decodePosition, positionParameter } from './position-parameter.ts'
import { timeParameter } from './time-parameter.ts'
import { wholeNumber } from './whole-number.ts'

const largestPage = 100
const defaultPage = 20

const word = t.refinement(t.string, text => text !== '', 'the name of a language')
const knownOutcome = t.refinement(outcome, () => true, `one of ${Object.keys(outcome.keys).join(', ')}`)

const queryParameters = t.exact(
  t.partial({
    status: submissionStatus,
    lang: word,
    outcome: knownOutcome,
    from: timeParameter,
    to: timeParameter,
    before: t.string,
    limit: wholeNumber(1, largestPage),
    positionToken: positionParameter,
  }),
)

type Parameters = t.TypeOf<typeof queryParameters>

// A language that is no longer spoken may still have a history: it is asked for by its own name.
const filterOf = ({ status, lang, outcome, from, to }: Parameters, { tenant, catalogue }: Context): HistoryFilter => ({
  tenant,
  ...(status === undefined ? {} : { status }),
  ...(lang === undefined ? {} : { language: catalogue.find(lang)?.name ?? lang.toLowerCase() }),
  ...(outcome === undefined ? {} : { outcome }),
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

type Context = Readonly<{ tenant: string; catalogue: Pick<LanguageCatalogue, 'find'> }>
type Asked = Readonly<{ query: HistoryQuery; position: Position | null }>

/** Decodes the query parameters, strictly, and the `X-Position` header; the parameter goes before the header. */
export const decodeHistoryQuery = (
  parameters: unknown,
  header: string | undefined,
  context: Context,
): Either<ReadonlyArray<FieldError>, Asked> => {
  const decoded = strictly(queryParameters)({ ...(parameters as object) })
  if (isLeft(decoded)) return decoded
  const position = decodePosition(decoded.right.positionToken, header)
  if (isLeft(position)) return position
  const { before: cursor, limit = defaultPage } = decoded.right
  const filter = filterOf(decoded.right, context)
  const before = cursor === undefined ? null : readHistoryCursor(filter, cursor)
  if (cursor !== undefined && before === null)
    return left([{ field: 'before', message: 'must be the `next` of a page with the same filters' }])
  return right({ query: { filter, before, limit }, position: position.right })
}
