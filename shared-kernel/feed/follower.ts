import { describeError } from '../logger/describe-error.ts'
import type { Logger } from '../logger/logger.ts'
import type { Alarm } from '../timing/alarm.ts'

/** Repeats a step until it is stopped; after a failure it waits, longer each time, and tries again. */
export type Follower = Readonly<{
  start: () => void
  /** Resolves when the step under way is over. */
  stop: () => Promise<void>
  /** Why the last step failed; null where it did not. */
  failure: () => string | null
}>

/** `step` answers null, or in words why it could not be done now. `name` is that of who follows, for the log lines. */
type Options = Readonly<{ name: string; step: () => Promise<string | null>; alarm: Alarm; logger: Logger }>

const firstRetryMs = 25
const lastRetryMs = 5000

export const createFollower = ({ name, step, alarm, logger }: Options): Follower => {
  let stopped = false
  let failure: string | null = null
  let running: Promise<void> = Promise.resolve()

  const attempt = async (): Promise<string | null> => {
    try {
      return await step()
    } catch (defect) {
      logger.error({ err: describeError(defect) }, `${name} met a defect`)
      return `${name} met a defect`
    }
  }

  const note = (now: string | null): void => {
    if (now !== null && now !== failure) logger.warn({ failure: now }, `${name} waits and tries again`)
    if (now === null && failure !== null) logger.info(`${name} goes on`)
    failure = now
  }

  const pause = async (ms: number): Promise<void> => {
    const until = performance.now() + ms
    while (!stopped && performance.now() < until) await alarm.sleep(until - performance.now())
  }

  const follow = async (): Promise<void> => {
    let retryMs = firstRetryMs
    while (!stopped) {
      note(await attempt())
      if (failure === null) retryMs = firstRetryMs
      else {
        await pause(retryMs)
        retryMs = Math.min(lastRetryMs, retryMs * 2)
      }
    }
  }

  return {
    start: () => {
      running = follow()
    },
    stop: async () => {
      stopped = true
      alarm.ring()
      await running
    },
    failure: () => failure,
  }
}
