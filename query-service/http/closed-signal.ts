import type { Response } from 'express'

/** Aborted when the client has gone away, or has its answer. */
export const closedSignal = (response: Response): AbortSignal => {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}
