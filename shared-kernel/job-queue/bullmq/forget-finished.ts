import type { Queue } from 'bullmq'

export type Retention = Readonly<{
  /** How long the name of a finished job is remembered. */
  ageMs: number
  /** How many finished jobs are remembered at most. */
  count: number
}>

/**
 * Removes what is older than the retention allows, whether or not jobs go on finishing: BullMQ itself looks only when one
 * does. Returns what ends it.
 */
export const forgetFinished = (
  queue: () => Promise<Queue>,
  { ageMs }: Retention,
  onFault: (error: unknown) => void,
): (() => void) => {
  const forget = async (): Promise<void> => {
    const known = await queue()
    for (const state of ['completed', 'failed'] as const) await known.clean(ageMs, 0, state)
  }
  const timer = setInterval(() => forget().catch(onFault), Math.max(ageMs / 2, 1000))
  timer.unref()
  return () => clearInterval(timer)
}
