import type { QueueCpuReport } from '../measurements/queue-cpu.ts'
import type { RedisMemoryReport } from '../measurements/redis-memory.ts'
import { table } from '../report/table.ts'
import type { Target } from '../report/targets.ts'
import type { OverheadReport } from './overhead.ts'
import type { ScalingReport } from './scaling.ts'

export type DistributedFigures = Readonly<{
  overhead: OverheadReport
  scaling: ScalingReport
  queue: QueueCpuReport
  memory: RedisMemoryReport
}>

const overheadTable = ({ overhead: { baseline, runledger, ratio, perSecond } }: DistributedFigures): string =>
  table(
    ['CPU of one submission, nothing run', 'ms', 'x baseline'],
    [
      ['baseline: 2 requests, 1 job, 3 inserts, 1 upsert', baseline.toFixed(2), '1.00'],
      [`Runledger, ${perSecond.toFixed(0)} submissions/s`, runledger.toFixed(2), ratio.toFixed(2)],
    ],
  )

const scalingTable = ({ scaling: { one, two, ratio, concurrency } }: DistributedFigures): string =>
  table(
    [`execution-services, ${concurrency} containers in all`, 'runs/s', 'x one'],
    [
      ['1', one.toFixed(2), '1.00'],
      ['2', two.toFixed(2), ratio.toFixed(2)],
    ],
  )

const queueTable = ({ queue: { bare, ours, ratio } }: DistributedFigures): string =>
  table(
    ['CPU of one job', 'ms', 'x bare'],
    [
      ['bare BullMQ job', bare.toFixed(2), '1.00'],
      ['job queue', ours.toFixed(2), ratio.toFixed(2)],
    ],
  )

const kibibytes = (bytes: number): string => (bytes / 1024).toFixed(0)

const memoryTable = ({ memory }: DistributedFigures): string =>
  table(
    [`Redis and ${memory.jobs} submissions`, 'keys of submissions', 'KiB'],
    [
      ['before', '0', kibibytes(memory.bytesBefore)],
      [
        `right after, ${memory.retention.count} finished to be kept`,
        String(memory.keysKept),
        kibibytes(memory.bytesKept),
      ],
      [`past their ${memory.retention.ageMs / 1000} s`, String(memory.keysLeft), kibibytes(memory.bytesLeft)],
    ],
  )

/** What must be reached, against what was measured in this run. */
export const distributedTargets = ({ overhead, scaling, memory }: DistributedFigures): ReadonlyArray<Target> => [
  {
    what: 'CPU of queue and log',
    bound: '<= 3.00 x baseline',
    measured: `${overhead.ratio.toFixed(2)} x`,
    reached: overhead.ratio <= 3,
  },
  {
    what: 'throughput of 2 execution-services',
    bound: '0.90 to 1.10 x that of one',
    measured: `${scaling.ratio.toFixed(2)} x`,
    reached: Math.abs(scaling.ratio - 1) <= 0.1,
  },
  {
    what: 'submissions in Redis past the retention',
    bound: '0 keys',
    measured: `${memory.keysLeft} keys`,
    reached: memory.keysLeft === 0,
  },
]

const targetTable = (figures: DistributedFigures): string =>
  table(
    ['target', 'bound', 'measured', 'reached'],
    distributedTargets(figures).map(({ what, bound, measured, reached }) => [
      what,
      bound,
      measured,
      reached ? 'yes' : 'NO',
    ]),
  )

export const distributedTables = (figures: DistributedFigures): string =>
  [overheadTable, scalingTable, queueTable, memoryTable, targetTable].map(part => part(figures)).join('\n\n')
