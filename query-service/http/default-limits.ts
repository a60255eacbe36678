import type { PhaseLimits } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { Language } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { Limits } from '@runledger/shared-kernel/types/limits.ts'
import { mapWithIndex } from 'fp-ts/lib/ReadonlyRecord.js'

/** What a program of a language gets where nothing is asked for: the default times its factor, within the maximum. */
export const defaultLimits = (
  { defaults, maxima }: PhaseLimits,
  factors: Language['runFactors'],
): Readonly<Record<keyof Limits, number>> =>
  mapWithIndex((limit: keyof Limits, value: number) =>
    Math.max(1, Math.min(maxima[limit], Math.round(value * (factors[limit] ?? 1)))),
  )(defaults)
