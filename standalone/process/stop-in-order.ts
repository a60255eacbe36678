import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'

/** One thing to end, by a name for the log. */
export type StopStep = Readonly<{ what: string; stop: () => Promise<void> | void }>

/** Ends one thing after the other. What cannot be ended is logged, and the others still are. */
export const stopInOrder = async (steps: ReadonlyArray<StopStep>, logger: Logger): Promise<void> => {
  for (const { what, stop } of steps) {
    try {
      await stop()
    } catch (err) {
      logger.error({ err, what }, 'could not be ended')
    }
  }
}
