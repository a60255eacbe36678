import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, map } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Page } from '../read-models/replays/find-replays.ts'
import { wholeNumber } from './whole-number.ts'

const mostAtOnce = 100
const usualAtOnce = 20

const queryParameters = t.exact(t.partial({ before: submissionId, limit: wholeNumber(1, mostAtOnce) }))

/** Decodes the query parameters, strictly: before which replay, and how many. */
export const decodeReplaysQuery = (parameters: unknown): Either<ReadonlyArray<FieldError>, Page> =>
  map(({ before, limit = usualAtOnce }: t.TypeOf<typeof queryParameters>): Page => ({ before: before ?? null, limit }))(
    strictly(queryParameters)({ ...(parameters as object) }),
  )
