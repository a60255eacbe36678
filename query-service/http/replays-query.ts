import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, map } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Page } from '../read-models/replays/find-replays.ts'

const mostAtOnce = 100
const usualAtOnce = 20

const limit = new t.Type<number, string, unknown>(
  `an integer from 1 to ${mostAtOnce}`,
  (value): value is number => typeof value === 'number',
  (value, context) => {
    const read = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : 0
    return read >= 1 && read <= mostAtOnce ? t.success(read) : t.failure(value, context)
  },
  String,
)

const queryParameters = t.exact(t.partial({ before: submissionId, limit }))

/** Decodes the query parameters, strictly: before which replay, and how many. */
export const decodeReplaysQuery = (parameters: unknown): Either<ReadonlyArray<FieldError>, Page> =>
  map(({ before, limit = usualAtOnce }: t.TypeOf<typeof queryParameters>): Page => ({ before: before ?? null, limit }))(
    strictly(queryParameters)({ ...(parameters as object) }),
  )
