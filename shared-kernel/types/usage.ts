import * as t from 'io-ts'
import { naturalNumber } from './primitives.ts'

const whole = {
  cpuMs: naturalNumber,
  wallMs: naturalNumber,
  memoryBytes: naturalNumber,
  memorySource: t.keyof({ cgroup: null, rusage: null, sampled: null }),
}

/** CPU time in user mode and in the kernel. */
const parts = { cpuUserMs: naturalNumber, cpuSystemMs: naturalNumber }

/**
 * What one phase consumed: CPU of all its processes, wall time, and peak memory with where that figure comes from. The
 * two parts of the CPU time are left out where they were not measured.
 */
export const usage = t.intersection([t.strict(whole), t.exact(t.partial(parts))], 'Usage')
export type Usage = t.TypeOf<typeof usage>

const known = t.union([naturalNumber, t.null])

/** The same where all is told, and null what was not measured. */
export const wholeUsage = t.strict({ ...whole, cpuUserMs: known, cpuSystemMs: known }, 'WholeUsage')
export type WholeUsage = t.TypeOf<typeof wholeUsage>

/** What is known of it. */
export const usageOf = ({ cpuMs, wallMs, memoryBytes, memorySource, cpuUserMs, cpuSystemMs }: WholeUsage): Usage => ({
  ...{ cpuMs, wallMs, memoryBytes, memorySource },
  ...(cpuUserMs === null ? {} : { cpuUserMs }),
  ...(cpuSystemMs === null ? {} : { cpuSystemMs }),
})
