import type { Response } from 'express'

// Without a reason of ours each abort would make an error and take its stack.
const closed = 'the response was closed'

/** Aborted when the client has gone away, or has its answer. */
export const closedSignal = (response: Response): AbortSignal => {
  const controller = new AbortController()
  response.once('close', () => controller.abort(closed))
  return controller.signal
}
