import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { runToEnd } from './http-client.ts'
import { runAtConcurrency, type Timed } from './run-at-concurrency.ts'

const program = { lang: 'python', code: 'print(1)' }

const run = async (origin: string, queries = origin): Promise<void> => {
  const { outcome, stdOutput } = await runToEnd(origin, program, queries)
  if (outcome !== 'success' || stdOutput !== '1\n')
    throw new Error(`ended with ${String(outcome)}: ${String(stdOutput)}`)
}

/** From before the submission to its result in hand, one at a time, `paceMs` from start to start. */
export const pacedLatencies = async (
  origin: string,
  samples: number,
  paceMs: number,
): Promise<ReadonlyArray<number>> => {
  const latencies: Array<number> = []
  for (let i = 0; i < samples; i++) {
    const began = performance.now()
    await run(origin)
    const lasted = performance.now() - began
    latencies.push(lasted)
    await delay(Math.max(0, paceMs - lasted))
  }
  return latencies
}

/** `queries`: where results are read, if elsewhere. */
export const saturated = (origin: string, count: number, concurrency: number, queries = origin): Promise<Timed> =>
  runAtConcurrency(() => run(origin, queries), { count, concurrency })
