import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from '../logger/logger.ts'
import { answerErrors, notFound } from './answer-errors.ts'

/** An application of these routers; what none of them answers is 404, what breaks is 500. */
export const createApp = (routers: ReadonlyArray<RequestHandler>, logger: Logger): Express => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  for (const router of routers) app.use(router)
  app.use(notFound)
  app.use(answerErrors(logger))
  return app
}
