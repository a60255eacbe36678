import { createProgressBar, type ProgressBar } from '@runledger/shared-kernel/process/progress-bar.ts'

/** A bar over so many commits, on standard error: what is said on standard output may be read by a program. */
export const walkProgress = (what: string, total: number | null, isQuiet: boolean): ProgressBar =>
  createProgressBar({
    terminal: process.stderr,
    what,
    unit: 'commits',
    total,
    isQuiet,
    now: () => performance.now(),
  })
