import { sizeCaps } from '../event-log/size-caps.ts'
import type { Limits } from '../types/limits.ts'
import { integerText, type Variable } from './variable.ts'

const KiB = 1024
const MiB = 1024 * KiB
const GiB = 1024 * MiB

/** A compiler's output is one event, and text may take twice its bytes as stored. */
const mostCompileOutput = sizeCaps.event / 2 - 64 * KiB

type Standards = readonly [standard: number, maximum: number, why: string, most?: number]

const runStandards: Readonly<Record<keyof Limits, Standards>> = {
  cpuTimeMs: [5_000, 30_000, 'CPU time of all processes of a run, in milliseconds.'],
  wallTimeMs: [10_000, 60_000, 'Time on the clock, in milliseconds: a sleeping program ends too.'],
  memoryBytes: [256 * MiB, GiB, 'Memory of all processes together, files in the box included.'],
  processes: [64, 256, 'Processes and threads alive at once.'],
  outputBytes: [MiB, 8 * MiB, 'Output kept of each stream.'],
  fileBytes: [16 * MiB, 128 * MiB, 'Size of any one file a program writes.'],
  tmpfsBytes: [64 * MiB, 256 * MiB, 'Room for all files of a run.'],
  stackBytes: [64 * MiB, 256 * MiB, 'Stack of the main thread.'],
}

const compileStandards: Readonly<Record<keyof Limits, Standards>> = {
  cpuTimeMs: [15_000, 60_000, 'CPU time of the compiler, in milliseconds.'],
  wallTimeMs: [30_000, 120_000, 'Time on the clock for the compiler, in milliseconds.'],
  memoryBytes: [512 * MiB, GiB, 'Memory of the compiler.'],
  processes: [128, 256, 'Processes and threads of the compiler.'],
  outputBytes: [64 * KiB, MiB, 'Output kept of the compiler.', mostCompileOutput],
  fileBytes: [64 * MiB, 256 * MiB, 'Size of any one file the compiler writes.'],
  tmpfsBytes: [64 * MiB, 256 * MiB, 'Room for all files of a compilation.'],
  stackBytes: [64 * MiB, 256 * MiB, 'Stack of the compiler.'],
}

const suffixes: Readonly<Record<keyof Limits, string>> = {
  cpuTimeMs: 'CPU_TIME_MS',
  wallTimeMs: 'WALL_TIME_MS',
  memoryBytes: 'MEMORY_BYTES',
  processes: 'PROCESSES',
  outputBytes: 'OUTPUT_BYTES',
  fileBytes: 'FILE_BYTES',
  tmpfsBytes: 'TMPFS_BYTES',
  stackBytes: 'STACK_BYTES',
}

/** A day: what a timer can hold. And a terabyte: what no machine here has. */
const mostOf = (limit: keyof Limits): number => (limit.endsWith('Ms') ? 86_400_000 : 1024 * GiB)

export type Phase = 'run' | 'compile'

export const limitNames = Object.keys(suffixes) as ReadonlyArray<keyof Limits>

/** The pair of variables of one limit of one phase. */
export const limitVariables = (phase: Phase, limit: keyof Limits) => {
  const suffix = `${phase === 'compile' ? 'COMPILE_' : ''}${suffixes[limit]}`
  return { standard: `DEFAULT_${suffix}`, maximum: `MAX_${suffix}` } as const
}

const pairOf = (phase: Phase, standards: Readonly<Record<keyof Limits, Standards>>) =>
  limitNames.flatMap((limit): ReadonlyArray<readonly [string, Variable<number>]> => {
    const [standard, maximum, why, most = mostOf(limit)] = standards[limit]
    const names = limitVariables(phase, limit)
    const codec = integerText(1, most)
    return [
      [names.standard, { codec, standard: String(standard), why }],
      [names.maximum, { codec, standard: String(maximum), why: 'The most that may be asked for.' }],
    ]
  })

/** Two variables per limit and phase: what a submission gets, and the most it may ask for. */
export const limitSettings: Readonly<Record<string, Variable<number>>> = Object.fromEntries([
  ...pairOf('run', runStandards),
  ...pairOf('compile', compileStandards),
])
