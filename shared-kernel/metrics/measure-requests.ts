import type { Request, RequestHandler, Response } from 'express'
import type { Meter } from './meter.ts'

// From a look into memory to a long poll that waited as long as it may.
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

// A path as it was sent could be any: only those that are served are told apart.
const routeOf = ({ route, baseUrl }: Request): string =>
  route === undefined ? 'none' : `${baseUrl}${(route as Readonly<{ path: string }>).path}`

// Nobody was there to be answered any more: nginx's word for it.
const closedByClient = 499

const statusOf = ({ headersSent, statusCode }: Response): string => String(headersSent ? statusCode : closedByClient)

/** Measures each request to the end of its answer, or of its connection. To stand before what answers. */
export const measureRequests = (meter: Meter): RequestHandler => {
  const measure = meter.histogram({
    name: 'http_request_duration_seconds',
    help: 'From a request to the end of its answer; long polls and streams wait on purpose',
    labels: ['method', 'route', 'status'],
    buckets,
  })
  return (request, response, next) => {
    const began = performance.now()
    response.once('close', () => {
      const labels = { method: request.method, route: routeOf(request), status: statusOf(response) }
      measure(labels, (performance.now() - began) / 1000)
    })
    next()
  }
}
