import { createAlarm } from './alarm.ts'

export type Repetition = Readonly<{
  /** Runs the task as soon as it can. */
  now: () => void
  /** Waits for a run under way. */
  stop: () => Promise<void>
}>

/** Runs the task at once and then again `everyMs` after each end, one run at a time. A rejection is told and does not end it. */
export const repeat = (
  task: () => Promise<unknown>,
  everyMs: number,
  onFault: (cause: unknown) => void,
): Repetition => {
  const alarm = createAlarm()
  let stopped = false

  const loop = async (): Promise<void> => {
    while (!stopped) {
      await task().catch(onFault)
      if (!stopped) await alarm.sleep(everyMs)
    }
  }

  const ended = loop()
  return {
    now: alarm.ring,
    stop: () => {
      stopped = true
      alarm.ring()
      return ended
    },
  }
}
