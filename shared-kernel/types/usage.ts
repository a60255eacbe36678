import * as t from 'io-ts'
import { naturalNumber } from './primitives.ts'

/** What one phase consumed: CPU of all its processes, wall time, and peak memory with where that figure comes from. */
export const usage = t.strict(
  {
    cpuMs: naturalNumber,
    wallMs: naturalNumber,
    memoryBytes: naturalNumber,
    memorySource: t.keyof({ cgroup: null, rusage: null, sampled: null }),
  },
  'Usage',
)
export type Usage = t.TypeOf<typeof usage>
