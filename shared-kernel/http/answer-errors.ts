import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from '../logger/logger.ts'
import { type Problem, sendProblem } from './problem.ts'

/** The last route: no path matched. */
export const notFound: RequestHandler = (_request, response) =>
  sendProblem(response, { status: 404, error: 'Not found' })

/** The last handler: a broken request is told what is wrong with it; a defect is logged and answers 500 without a word of it. */
export const answerErrors =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const problem = requestProblem(error) ?? defect
    if (problem === defect) logger.error({ err: error, method: request.method, path: request.path }, 'request failed')
    if (response.headersSent) next(error)
    else sendProblem(response, problem)
  }

const defect: Problem = { status: 500, error: 'Internal server error' }

const requestProblems: Readonly<Record<string, Problem>> = {
  'entity.too.large': { status: 413, error: 'The body is too large' },
  'encoding.unsupported': { status: 415, error: 'The content encoding is not supported' },
  'request.aborted': { status: 400, error: 'The request was aborted' },
  'request.size.invalid': { status: 400, error: 'The body is not as long as announced' },
}

/** What Express and its body parser throw at a request that is wrong, by their documented `type`; null for anything else. */
const requestProblem = (error: unknown): Problem | null => {
  if (!(error instanceof Error)) return null
  if (error instanceof URIError) return { status: 404, error: 'Not found' }
  const { type, status } = error as { type?: unknown; status?: unknown }
  const known = typeof type === 'string' ? requestProblems[type] : undefined
  return known ?? (status === 400 ? { status, error: 'The body cannot be read' } : null)
}
