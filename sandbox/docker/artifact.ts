import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunReport, SourceFile } from '../sandbox.ts'
import { plainFiles } from './plain-files.ts'

/** What a run begins with: files that the runner can make, the archive of what a compiler left, or either. */
export type Artifact = Readonly<{ files: ReadonlyArray<SourceFile> | null; archive: Uint8Array | null }>

const mebibyte = 1024 * 1024
// Times are kept as exactly as the file system keeps them, those of the packing itself are not.
const pack = ['tar', '-c', '-f', '-', '--format=posix', '--pax-option=delete=atime,delete=ctime', '.']
// Of the box itself nothing is put back, since it is another user's: without its first part, its name is none.
const unpack = ['tar', '-x', '-p', '--strip-components=1', '-f', '-']
// What lies elsewhere is not in the archive, and nobody is to find it there the first time only.
const clear = 'find /tmp /dev/shm /dev/mqueue -mindepth 1 -delete'
const notCleared = 3

/** How long packing or putting back may take where a run depends on it. */
export const carryingMs = 10_000

/** Archive and content lie beside each other in this process and the box. */
export const largestArchive = (tmpfsBytes: number): number => Math.min(64 * mebibyte, Math.floor(tmpfsBytes / 2))

const compilingThen = (definition: LanguageDefinition, argv: ReadonlyArray<string>): LanguageDefinition => ({
  ...definition,
  run: { argv },
})

/** Compiles, and writes all that is in the box then. */
export const packing = (definition: LanguageDefinition): LanguageDefinition => compilingThen(definition, pack)

/** The same, where the program runs on what is there. */
export const packingAndClearing = (definition: LanguageDefinition): LanguageDefinition =>
  compilingThen(definition, ['sh', '-c', `${pack.join(' ')} || exit 1; ${clear} || exit ${notCleared}`])

/** Whether the archive was written as a whole. */
export const isPacked = ({ outcome, exitCode }: RunReport): boolean => outcome === 'success' || exitCode === notCleared

/** Puts everything back as it was after the compilation. */
export const unpacking = (definition: LanguageDefinition): LanguageDefinition => ({
  ...definition,
  compile: null,
  run: { argv: unpack },
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
