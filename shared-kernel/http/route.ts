import express, { type RequestHandler, type Router } from 'express'
import { sendProblem } from './problem.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Handlers of one path by method. A rejected promise is a defect and answers 500. */
export type Handlers = Readonly<Partial<Record<Method, RequestHandler | ReadonlyArray<RequestHandler>>>>

/** A router for one path: methods without a handler answer 405 and say which are allowed. */
export const route = (path: string, handlers: Handlers): Router => {
  const router = express.Router()
  const entry = router.route(path)
  for (const [method, handler] of Object.entries(handlers)) {
    entry[method.toLowerCase() as Lowercase<Method>](...[handler].flat())
  }
  entry.all(notAllowed(handlers))
  return router
}

const notAllowed = (handlers: Handlers): RequestHandler => {
  const methods = Object.keys(handlers)
  const allow = [...methods, ...(handlers.GET === undefined ? [] : ['HEAD']), 'OPTIONS'].join(', ')
  return (request, response) => {
    response.set('Allow', allow)
    if (request.method === 'OPTIONS') response.status(204).end()
    else sendProblem(response, { status: 405, error: `${request.method} is not allowed here` })
  }
}
