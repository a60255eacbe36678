import type { Limits } from '../types/limits.ts'
import type { OutputLimits } from '../types/output-limits.ts'

/** What a phase gets where nothing is asked for, and the most that may be asked for. */
export type PhaseLimits = Readonly<{ defaults: Limits; maxima: Limits }>

/** `outputs`: what a submission gets that asks for files, and the most it may ask for. */
export type LimitPolicy = Readonly<{ run: PhaseLimits; compile: PhaseLimits; outputs: OutputLimits }>
