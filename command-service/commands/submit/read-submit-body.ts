import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import { type FieldError, type Problem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import { contradictions } from './contradictions.ts'
import { type SubmitBody, submitBody } from './submit-body.ts'

/** Decodes a submission: 400 where code or language is missing, 422 naming each field that cannot be meant. */
export const readSubmitBody = (policy: LimitPolicy): ((input: unknown) => E.Either<Problem, SubmitBody>) => {
  const decode = flow(strictly(submitBody(policy)), E.mapLeft(unprocessable))
  return flow(
    notMissing,
    E.flatMap(decode),
    E.flatMap(body => {
      const errors = contradictions(body)
      return errors.length === 0 ? E.right(body) : E.left(unprocessable(errors))
    }),
  )
}

const notMissing = (input: unknown): E.Either<Problem, unknown> => {
  if (!isObject(input)) return E.right(input)
  const { code, files, lang } = input
  const errors: ReadonlyArray<FieldError> = [
    ...(isMissing(code) && isMissing(files) ? [{ field: 'code', message: 'is required, or files instead' }] : []),
    ...(isMissing(lang) ? [{ field: 'lang', message: 'is required' }] : []),
  ]
  return errors.length === 0 ? E.right(input) : E.left({ status: 400, error: 'Code and language are required', errors })
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
