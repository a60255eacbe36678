import { type Cluster, type Grounds, startCluster } from '@runledger/tests/support/cluster.ts'
import { runToEnd } from '../measurements/http-client.ts'
import { runAtConcurrency } from '../measurements/run-at-concurrency.ts'
import { median } from '../measurements/statistics.ts'

/** Runs per second with all containers at one execution-service, and with the same number shared by two. */
export type ScalingReport = Readonly<{ one: number; two: number; ratio: number; concurrency: number }>

const concurrency = 4
const perRound = 60
const rounds = 5

const rate = async ({ command, queries }: Cluster): Promise<number> => {
  const run = async (): Promise<void> => {
    const { outcome } = await runToEnd(command.url(), { lang: 'python', code: 'print(1)' }, queries[0]?.url())
    if (outcome !== 'success') throw new Error(`ended with ${String(outcome)}`)
  }
  return (await runAtConcurrency(run, { count: perRound, concurrency: 4 * concurrency })).perSecond
}

const rateWith = async (grounds: Grounds, executors: number): Promise<number> => {
  const env = { LANGUAGES: 'python', CONCURRENCY: String(concurrency / executors) }
  const cluster = await startCluster(grounds, { executors, env })
  try {
    await rate(cluster)
    const measured = await rate(cluster)
    await cluster.stop()
    return measured
  } finally {
    await cluster.close()
  }
}

/** In turn, each time with a fresh cluster, so that both meet the same noise of the machine. */
export const measureScaling = async (groundsFor: (name: string) => Grounds): Promise<ScalingReport> => {
  const pairs: Array<Readonly<{ one: number; two: number }>> = []
  for (let round = 0; round < rounds; round++) {
    const one = await rateWith(groundsFor(`one_${round}`), 1)
    const two = await rateWith(groundsFor(`two_${round}`), 2)
    pairs.push({ one, two })
  }
  return {
    one: median(pairs.map(({ one }) => one)),
    two: median(pairs.map(({ two }) => two)),
    ratio: median(pairs.map(({ one, two }) => two / one)),
    concurrency,
  }
}
