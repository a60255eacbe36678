import { startStandalone } from '@runledger/tests/support/standalone-process.ts'
import { tempFolder } from '@runledger/tests/support/temp-folder.ts'
import { measureStreamLatency, type StreamLatency } from './measurements/stream-latency.ts'
import { table } from './report/table.ts'

const boundMs = 150
const openStreams = 1000

// The program that nobody hears from is to live as long as the measurement.
const env = { LANGUAGES: 'python', DEFAULT_WALL_TIME_MS: '600000', MAX_WALL_TIME_MS: '600000' }

const isReached = ({ p95 }: StreamLatency): boolean => p95 <= boundMs

const report = (figures: ReadonlyArray<StreamLatency>): string =>
  table(
    ['from write to client', 'streams open beside', 'lines', 'p50 ms', 'p95 ms', 'bound', 'reached'],
    figures.map(figure => [
      ...['a line printed', String(figure.openStreams), String(figure.lines)],
      ...[figure.p50.toFixed(0), figure.p95.toFixed(0), `p95 <= ${boundMs}`, isReached(figure) ? 'yes' : 'NO'],
    ]),
  )

/** Measures and reports how soon what a program writes is seen; true where every target is reached. */
export const runStreams = async (): Promise<boolean> => {
  const folder = tempFolder()
  const runledger = await startStandalone({ dataDir: folder.path, env })
  try {
    const figures: Array<StreamLatency> = []
    for (const beside of [0, openStreams]) {
      console.error(`measuring: lines printed to their client, ${beside} other streams open`)
      figures.push(await measureStreamLatency(runledger.url, beside))
    }
    console.log(report(figures))
    return figures.every(isReached)
  } finally {
    await runledger.end('SIGTERM')
    folder.remove()
  }
}
