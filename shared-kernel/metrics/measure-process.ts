import type { Meter } from './meter.ts'
import { observeOne } from './observe-one.ts'

const measures: ReadonlyArray<Readonly<{ name: string; help: string; kind: 'counter' | 'gauge'; read: () => number }>> =
  [
    {
      name: 'process_cpu_seconds_total',
      help: 'User and system CPU time of the process',
      kind: 'counter',
      read: () => {
        const { user, system } = process.cpuUsage()
        return (user + system) / 1e6
      },
    },
    {
      name: 'process_resident_memory_bytes',
      help: 'Resident memory of the process',
      kind: 'gauge',
      read: () => process.memoryUsage.rss(),
    },
    {
      name: 'process_start_time_seconds',
      help: 'When the process started, in seconds since 1970',
      kind: 'gauge',
      read: () => performance.timeOrigin / 1000,
    },
    {
      name: 'nodejs_heap_used_bytes',
      help: "Of the heap of the main thread's V8, what is used",
      kind: 'gauge',
      read: () => process.memoryUsage().heapUsed,
    },
    {
      name: 'nodejs_event_loop_active_seconds_total',
      help: 'How long the event loop has not waited: its rate is the share of one processor that the main thread wants',
      kind: 'counter',
      read: () => performance.eventLoopUtilization().active / 1000,
    },
  ]

/** What every process of ours is measured by. */
export const measureProcess = (meter: Meter): void => {
  for (const { read, ...instrument } of measures) observeOne(meter, instrument, read)
}
