import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export type Submission = Readonly<Record<string, unknown>> & Readonly<{ limits: Readonly<Record<string, number>> }>

export const mebibyte = 1024 * 1024

const languages: Readonly<Record<string, string>> = {
  '.c': 'c',
  '.cpp': 'cpp',
  '.go': 'go',
  '.hs': 'haskell',
  '.py': 'python',
  '.rs': 'rust',
}

/** Short, so that whoever must be stopped by them is stopped soon. */
const limits = { cpuTimeMs: 2_500, wallTimeMs: 30_000, memoryBytes: 128 * mebibyte, tmpfsBytes: 64 * mebibyte }

type Change = Readonly<Record<string, unknown>> & Readonly<{ limits?: Readonly<Record<string, number>> }>

/** Submissions of the programs in that folder: the language follows from the file's name. */
export const programsIn =
  (folder: string) =>
  (name: string, change: Change = {}): Submission => ({
    lang: languages[extname(name)],
    code: readFileSync(join(folder, name), 'utf8'),
    ...change,
    limits: { ...limits, ...change.limits },
  })
