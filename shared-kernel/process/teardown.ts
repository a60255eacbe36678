import type { Logger } from '../logger/logger.ts'

type Stop = () => Promise<unknown> | unknown

/** What has been opened and must be ended, the latest first. */
export type Teardown = Readonly<{
  add: (what: string, stop: Stop) => void
  /** Ends everything, once: a later call waits for the first. */
  run: () => Promise<void>
}>

/** What cannot be ended is logged by its name, and the rest still is ended. */
export const createTeardown = (logger: Pick<Logger, 'error'>): Teardown => {
  const steps: Array<Readonly<{ what: string; stop: Stop }>> = []
  let running: Promise<void> | null = null

  const endAll = async (): Promise<void> => {
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step.stop()
      } catch (err) {
        logger.error({ err, part: step.what }, 'could not be ended')
      }
    }
  }

  return {
    add: (what, stop) => void steps.push({ what, stop }),
    run: () => {
      running ??= endAll()
      return running
    },
  }
}
