import { performance } from 'node:perf_hooks'

export type Timed = Readonly<{ perSecond: number; durationsMs: ReadonlyArray<number> }>

const timed = async (task: () => Promise<void>): Promise<number> => {
  const began = performance.now()
  await task()
  return performance.now() - began
}

/** Runs `task` `count` times, `concurrency` at once, and tells the rate and each task's duration. */
export const runAtConcurrency = async (
  task: () => Promise<void>,
  { count, concurrency }: Readonly<{ count: number; concurrency: number }>,
): Promise<Timed> => {
  const durationsMs: Array<number> = []
  let left = count
  const lane = async (): Promise<void> => {
    while (left-- > 0) durationsMs.push(await timed(task))
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: concurrency }, lane))
  return { perSecond: (count * 1000) / (performance.now() - began), durationsMs }
}
