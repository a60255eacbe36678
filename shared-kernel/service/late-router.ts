import type { RequestHandler, Router } from 'express'
import { sendProblem } from '../http/problem.ts'

/** Stands where a router will be. Until then whoever comes is asked to come back. */
export const createLateRouter = (): Readonly<{ handle: RequestHandler; open: (router: Router) => void }> => {
  let opened: Router | null = null
  return {
    handle: (request, response, next) => {
      if (opened !== null) opened(request, response, next)
      else sendProblem(response, { status: 503, error: 'The service is starting', headers: { 'Retry-After': '2' } })
    },
    open: router => {
      opened = router
    },
  }
}
