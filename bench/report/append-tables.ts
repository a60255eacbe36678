import type { MongoAppends } from '../measurements/mongo-appends.ts'
import { simulateAppends, usualTimes } from '../measurements/simulated-appends.ts'
import { type Row, table } from './table.ts'

const processes = 20
const samples = 20_000
const givenUpMs = 1000

const measuredRow = ({ partitions, perSecond, retriesPerAppend, p50Ms, p99Ms }: MongoAppends): Row => [
  String(partitions),
  perSecond.toFixed(0),
  retriesPerAppend.toFixed(3),
  p50Ms.toFixed(1),
  p99Ms.toFixed(1),
]

const simulatedRow = (appendsPerSecond: number, partitions: number): Row => {
  const load = { partitions, processes, appendsPerSecond, times: usualTimes, samples, seed: 1 }
  const { retriesPerAppend, p99Ms } = simulateAppends(load)
  const carries = p99Ms < givenUpMs
  return [
    String(appendsPerSecond),
    String(partitions),
    carries ? retriesPerAppend.toFixed(3) : '-',
    carries ? p99Ms.toFixed(1) : 'more than it carries',
  ]
}

const simulatedRows = (): ReadonlyArray<Row> =>
  [500, 2000, 20_000].flatMap(rate => [16, 64, 256, 1024].map(partitions => simulatedRow(rate, partitions)))

/** How appends of several processes meet: as measured here, and in virtual time at rates this machine cannot reach. */
export const appendTables = (measured: ReadonlyArray<MongoAppends>): string =>
  [
    'Appends to MongoDB, 16 writers in 4 processes, each as fast as it is answered',
    table(['partitions', 'appends/s', 'retries each', 'p50 ms', 'p99 ms'], measured.map(measuredRow)),
    `Appends in virtual time, ${processes} processes, reads 1 ms, insert 2 ms`,
    table(['appends/s', 'partitions', 'retries each', 'p99 ms'], simulatedRows()),
  ].join('\n\n')
