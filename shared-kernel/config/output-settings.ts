import type { OutputLimits } from '../types/output-limits.ts'
import { integerText, type Variable } from './variable.ts'

const MiB = 1024 * 1024

/** What is kept of one submission is held in memory by who runs it, and in one answer by who tells of it. */
const mostBytes = 64 * MiB

/** As many as the runner tells apart. */
const mostFiles = 256

const setting = (most: number, standard: number, why: string): Variable<number> => ({
  codec: integerText(1, most),
  standard: String(standard),
  why,
})

/** One variable per limit: what a submission that asks for files gets, and the most it may ask for. */
export const outputSettings = {
  MAX_OUTPUT_FILES: setting(mostFiles, 64, 'Files kept of those a program leaves, where `outputs` asks for any.'),
  MAX_OUTPUT_FILE_BYTES: setting(mostBytes, 4 * MiB, 'Size of each of them.'),
  MAX_OUTPUT_FILES_BYTES: setting(mostBytes, 8 * MiB, 'Size of all of them together.'),
}

export const outputLimitsOf = (values: Readonly<Record<keyof typeof outputSettings, number>>): OutputLimits => ({
  files: values.MAX_OUTPUT_FILES,
  fileBytes: values.MAX_OUTPUT_FILE_BYTES,
  totalBytes: values.MAX_OUTPUT_FILES_BYTES,
})
