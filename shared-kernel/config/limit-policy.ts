import type { Limits } from '../types/limits.ts'

/** What a phase gets where nothing is asked for, and the most that may be asked for. */
export type PhaseLimits = Readonly<{ defaults: Limits; maxima: Limits }>

export type LimitPolicy = Readonly<{ run: PhaseLimits; compile: PhaseLimits }>
