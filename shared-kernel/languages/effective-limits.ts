import type { PhaseLimits } from '../config/limit-policy.ts'
import type { Limits } from '../types/limits.ts'
import type { Language } from './language.ts'

type Factors = Language['runFactors']

/**
 * What was asked for, as it is; else the default times the language's factor, rounded. A factor scales defaults only: the
 * maximum is the operator's word about the machine and holds for every language.
 */
export const effectiveLimits = (
  { defaults, maxima }: PhaseLimits,
  factors: Factors,
  asked: Readonly<{ [Limit in keyof Limits]?: number | undefined }>,
): Limits => {
  const effective = (limit: keyof Limits): number =>
    asked[limit] ?? Math.max(1, Math.min(maxima[limit], Math.round(defaults[limit] * (factors[limit] ?? 1))))
  return {
    cpuTimeMs: effective('cpuTimeMs'),
    wallTimeMs: effective('wallTimeMs'),
    memoryBytes: effective('memoryBytes'),
    processes: effective('processes'),
    outputBytes: effective('outputBytes'),
    fileBytes: effective('fileBytes'),
    tmpfsBytes: effective('tmpfsBytes'),
    stackBytes: effective('stackBytes'),
  }
}
