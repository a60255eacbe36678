import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunReport, SourceFile } from '../sandbox.ts'
import { plainFiles } from './plain-files.ts'

/** What a compilation made, as it is carried from it to each run. */
export type Artifact = Readonly<{ files: ReadonlyArray<SourceFile>; definition: LanguageDefinition }>

const mebibyte = 1024 * 1024
const archiveName = '.artifact.tar'
// What is in the box, but not the box itself: that is another user's, and cannot be put back.
const pack = 'find . -mindepth 1 -maxdepth 1 -printf "%P\\0" | tar -c -f - --null --files-from=-'
const unpack = `tar -x -f ${archiveName} && rm ${archiveName}`

/** Archive and content lie beside each other in the box for a moment, and in this process meanwhile. */
export const largestArchive = (tmpfsBytes: number): number => Math.min(64 * mebibyte, Math.floor(tmpfsBytes / 2))

/** Compiles, and writes all that is in the box then. */
export const packing = (definition: LanguageDefinition): LanguageDefinition => ({
  ...definition,
  run: { argv: ['sh', '-c', pack] },
})

/** Everything as it was after the compilation: made by the runner, or where that cannot, by a phase before each run. */
export const unpacking = async (definition: LanguageDefinition, archive: Uint8Array): Promise<Artifact> => {
  const files = await plainFiles(archive)
  if (files !== null) return { files, definition: { ...definition, compile: null } }
  return {
    files: [{ name: archiveName, content: archive }],
    definition: { ...definition, compile: { argv: ['sh', '-c', unpack], options: [] } },
  }
}

/** Nothing is compiled: the sources are what is run. */
export const sourcesOnly = (definition: LanguageDefinition, files: ReadonlyArray<SourceFile>): Artifact => ({
  files,
  definition,
})

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
