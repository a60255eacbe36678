import type { RequestHandler, Router } from 'express'
import { route } from '../http/route.ts'
import type { Meter } from './meter.ts'

const expose =
  (meter: Meter): RequestHandler =>
  async (_request, response) => {
    const { contentType, text } = await meter.exposition()
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text)
  }

/** `GET /metrics`: what the process is measured by, for Prometheus. */
export const metricsRouter = (meter: Meter): Router => route('/metrics', { GET: expose(meter) })
