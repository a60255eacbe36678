import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunReport, SourceFile } from '../sandbox.ts'
import { plainFiles } from './plain-files.ts'

/** What a run begins with: files that the runner can make, the archive of what a compiler left, or either. */
export type Artifact = Readonly<{ files: ReadonlyArray<SourceFile> | null; archive: Uint8Array | null }>

const mebibyte = 1024 * 1024
// What is in the box, but not the box itself: that is another user's, and cannot be put back.
// Times are kept as exactly as the file system keeps them, those of the packing itself are not.
const format = '--format=posix --pax-option=delete=atime,delete=ctime'
const pack = `find . -mindepth 1 -maxdepth 1 -printf "%P\\0" | tar -c -f - ${format} --null --files-from=- || exit 1`
// What lies elsewhere is not in the archive, and nobody is to find it there the first time only.
const clear = 'find /tmp /dev/shm /dev/mqueue -mindepth 1 -delete'
const notCleared = 3

/** How long packing or putting back may take where a run depends on it. */
export const carryingMs = 10_000

/** Archive and content lie beside each other in this process and the box. */
export const largestArchive = (tmpfsBytes: number): number => Math.min(64 * mebibyte, Math.floor(tmpfsBytes / 2))

const compilingThen = (definition: LanguageDefinition, script: string): LanguageDefinition => ({
  ...definition,
  run: { argv: ['sh', '-c', script] },
})

/** Compiles, and writes all that is in the box then. */
export const packing = (definition: LanguageDefinition): LanguageDefinition => compilingThen(definition, pack)

/** The same, where the program runs on what is there. */
export const packingAndClearing = (definition: LanguageDefinition): LanguageDefinition =>
  compilingThen(definition, `${pack}; ${clear} || exit ${notCleared}`)

/** Whether the archive was written as a whole. */
export const isPacked = ({ outcome, exitCode }: RunReport): boolean => outcome === 'success' || exitCode === notCleared

/** Puts everything back as it was after the compilation. */
export const unpacking = (definition: LanguageDefinition): LanguageDefinition => ({
  ...definition,
  compile: null,
  run: { argv: ['tar', '-x', '-p', '-f', '-'] },
})

export const artifactOf = async (archive: Uint8Array): Promise<Artifact> => ({
  files: await plainFiles(archive),
  archive,
})

/** Runs what is there. */
export const runningOnly = (definition: LanguageDefinition): LanguageDefinition => ({ ...definition, compile: null })

export const isOfCompilation = ({ outcome }: RunReport): boolean =>
  outcome === 'compile_error' || outcome === 'compile_limit'

/** What was compiled is there, and too large to be carried on. */
export const tooLarge = ({ outcome }: RunReport): RunReport => ({
  outcome: 'compile_limit',
  reason: outcome === 'memory_limit' ? 'memory' : 'artifact',
  exitCode: null,
  signal: null,
  usage: null,
  output: { stdout: { bytes: 0, truncated: false }, stderr: { bytes: 0, truncated: false } },
})
