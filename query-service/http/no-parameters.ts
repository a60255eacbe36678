import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import type { Request } from 'express'
import type { Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const nothing = t.exact(t.partial({}))

/** Refuses every query parameter, by name. */
export const noParameters = ({ query }: Request): Either<ReadonlyArray<FieldError>, unknown> =>
  strictly(nothing)({ ...query })
