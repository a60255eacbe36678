import { STATUS_CODES } from 'node:http'
import type { Response } from 'express'

/** A bad field of a request by its path (`files[0].name`, `limits.cpuTimeMs`), and what is wrong with it. */
export type FieldError = Readonly<{ field: string; message: string }>

/** Why a request was refused. `error` is for people and stands alone; `headers` go out with it. */
export type Problem = Readonly<{
  status: number
  error: string
  detail?: string
  errors?: ReadonlyArray<FieldError>
  headers?: Readonly<Record<string, string>>
}>

type ProblemBody = Readonly<{
  type: string
  title: string
  status: number
  detail: string
  error: string
  errors: ReadonlyArray<FieldError>
}>

/** The members of a Problem Details document (RFC 9457), with `error` and `errors` beside them. */
export const problemBody = ({ status, error, detail, errors = [] }: Problem): ProblemBody => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? 'Error',
  status,
  detail: detail ?? error,
  error,
  errors,
})

export const sendProblem = (response: Response, problem: Problem): void => {
  // Not `send`, which would add a charset: JSON media types have none.
  response
    .status(problem.status)
    .set({ ...problem.headers })
    .setHeader('Content-Type', 'application/problem+json')
    .end(JSON.stringify(problemBody(problem)))
}

/** 422: the request is understood and cannot be meant. */
export const unprocessable = (errors: ReadonlyArray<FieldError>): Problem => ({
  status: 422,
  error: 'The request has invalid fields',
  detail: errors.map(({ field, message }) => `${field} ${message}`).join('; '),
  errors,
})
