import type { Response } from 'express'

/** True once the client has taken what was written to it; false where it takes nothing for so long, or has gone away. */
export const drained = (response: Response, withinMs: number): Promise<boolean> =>
  new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer)
      response.off('drain', end).off('close', end)
      resolve(!response.writableNeedDrain && !response.destroyed)
    }
    const timer = setTimeout(end, withinMs)
    response.on('drain', end).on('close', end)
  })
