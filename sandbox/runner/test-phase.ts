import type { Limits } from '../sandbox.ts'
import type { PhaseSpec } from './phase-spec.ts'

const mebibyte = 1024 * 1024

const limits: Limits = {
  cpuTimeMs: 5_000,
  wallTimeMs: 10_000,
  memoryBytes: 128 * mebibyte,
  processes: 32,
  outputBytes: mebibyte,
  fileBytes: 64 * mebibyte,
  tmpfsBytes: 64 * mebibyte,
  stackBytes: 8 * mebibyte,
}

export const phase = (argv: ReadonlyArray<string>, changed: Partial<Limits> = {}): PhaseSpec => ({
  argv,
  env: { PATH: '/usr/bin:/bin', HOME: '/box', LANG: 'C.UTF-8' },
  limits: { ...limits, ...changed },
})

export const perl = (code: string): ReadonlyArray<string> => ['perl', '-e', code]
export const sh = (code: string): ReadonlyArray<string> => ['sh', '-c', code]
