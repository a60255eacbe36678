import { availableParallelism } from 'node:os'
import Docker from 'dockerode'
import { bareCompiled } from './measurements/bare-compiled.ts'
import { runToEnd } from './measurements/http-client.ts'
import { imageOf } from './measurements/image-of.ts'
import { runAtConcurrency } from './measurements/run-at-concurrency.ts'
import { served } from './measurements/served.ts'
import { median } from './measurements/statistics.ts'
import { areReached, atLeast, boundTable } from './report/bounds.ts'
import { table } from './report/table.ts'

const cpus = availableParallelism()
const rounds = 5
const hello = '#include <stdio.h>\nint main(void) { puts("hello"); }\n'

/** Runs with a source of its own are compiled, all others were compiled before. */
const run = async (origin: string, code: string, isCached: boolean): Promise<void> => {
  const { outcome, compile } = await runToEnd(origin, { lang: 'c', code })
  const { cached } = compile as { cached: boolean }
  if (outcome !== 'success' || cached !== isCached) throw new Error(`ended with ${String(outcome)}, cached: ${cached}`)
}

const saturated = (count: number, task: () => Promise<void>) => runAtConcurrency(task, { count, concurrency: 4 * cpus })

// In turn, so that all meet the same noise of the machine.
const measure = async (origin: string) => {
  const docker = new Docker()
  const image = await imageOf(origin, 'c')
  const seen: Array<Readonly<{ bare: number; cached: number; compiled: number }>> = []
  await run(origin, hello, false)
  await saturated(40, () => run(origin, hello, true))
  for (let round = 1; round <= rounds; round++) {
    console.error(`measuring: a C program, bare, cached and compiled, round ${round} of ${rounds}`)
    const bare = await bareCompiled(docker, image, { code: hello, count: 400, atOnce: cpus })
    const cached = await saturated(200, () => run(origin, hello, true))
    const compiled = await saturated(40, () => run(origin, `${hello}// ${crypto.randomUUID()}`, false))
    seen.push({ bare, cached: cached.perSecond, compiled: compiled.perSecond })
  }
  return {
    bare: median(seen.map(({ bare }) => bare)),
    cached: median(seen.map(({ cached }) => cached)),
    compiled: median(seen.map(({ compiled }) => compiled)),
    toTarget: median(seen.map(({ bare, cached }) => cached / Math.min(60 * cpus, 0.25 * bare))),
  }
}

/** Measures a small C program over HTTP that was compiled before, beside the bare program; true where the target is reached. */
export const runCompiled = (): Promise<boolean> =>
  served({ languages: 'c', isolation: 'per-tenant' }, async ({ url }) => {
    const { bare, cached, compiled, toTarget } = await measure(url)
    const rows = Object.entries({ bare, cached, compiled }).map(([name, perSecond]) => [name, perSecond.toFixed(1)])
    console.log(`\n${table(['C program that says hello, saturated, median of rounds', 'runs/s'], rows)}`)
    const bounds = [atLeast(`cached: of the lower of ${60 * cpus} runs/s and 0.25 x bare`, toTarget, 1)]
    console.log(`\n${boundTable(bounds)}`)
    return areReached(bounds)
  })
