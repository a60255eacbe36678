import express, { type RequestHandler, type Router } from 'express'
import { sendProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Readiness } from './readiness.ts'

const live: RequestHandler = (_request, response) => {
  response.json({ status: 'live' })
}

const unlessEmpty = (members: Readonly<Record<string, object>>) =>
  Object.fromEntries(Object.entries(members).filter(([, member]) => Object.keys(member).length > 0))

const ready =
  (readiness: () => Promise<Readiness>): RequestHandler =>
  async (_request, response) => {
    const { ready, problems, warnings, facts } = await readiness()
    response.set('Cache-Control', 'no-store')
    if (ready) response.json({ status: 'ready', ...unlessEmpty({ warnings, facts }) })
    else
      sendProblem(response, {
        status: 503,
        error: 'Not ready',
        detail: problems.map(({ part, problem }) => `${part}: ${problem}`).join('; ') || 'it is starting',
        errors: problems.map(({ part, problem }) => ({ field: part, message: problem })),
        headers: { 'Retry-After': '2' },
      })
  }

/** `/health/live`: the process answers. `/health/ready`: every part it needs does too, or 503 with the reasons in words. */
export const healthRouter = (readiness: () => Promise<Readiness>): Router =>
  express
    .Router()
    .use(route('/health/live', { GET: live }))
    .use(route('/health/ready', { GET: ready(readiness) }))
