import * as E from 'fp-ts/lib/Either.js'
import type { KeptCompilation } from '../compile-cache/seal-compilation.ts'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { PhaseResult } from '../runner/phase-result.ts'
import type { Compilation, Limits, Output, RunListener, RunReport, RunRequest, SandboxFault } from '../sandbox.ts'
import { isCleanCompilation } from '../verdict.ts'
import { packing, packingAndClearing } from './artifact.ts'
import { runProgram } from './run-program.ts'
import type { StartedContainer } from './start-container.ts'

type Compiled = Readonly<{
  definition: LanguageDefinition
  request: Pick<RunRequest, 'files' | 'entry' | 'compileArgs' | 'compileLimits'>
  /** Of the packing; its output is the archive. */
  packLimits: Limits
  /** Of the program that is to run here next. */
  nextLimits: Limits
  /** Whatever is packed is put back before anything else runs here: the container is reset behind the packing. */
  isEmptied: boolean
  listener: Pick<RunListener, 'compiled'>
  signal: AbortSignal
}>

/** How the compilation ended where it failed, else the packing. */
export type Made = RunReport &
  Readonly<{
    archive: Uint8Array
    /** Null unless any number of runs may begin with it as with a compilation of their own. */
    kept: KeptCompilation | null
  }>

const mebibyte = 1024 * 1024

/** Whether a packing fits into so much memory beside whatever a compiler may have left in both places it may write to. */
const packsWithin = ({ memoryBytes }: Limits, { plan }: StartedContainer): boolean =>
  memoryBytes >= 2 * plan.shape.tmpfsBytes + 64 * mebibyte

/** Compiles, and takes what is in the box before anything of the program has run there. */
export const compileAndPack = async (
  container: StartedContainer,
  { definition, request, packLimits, nextLimits, isEmptied, listener, signal }: Compiled,
): Promise<E.Either<SandboxFault, Made>> => {
  const pieces: Uint8Array[] = []
  let clean: Compilation | null = null
  const hearing = {
    compiled: (compilation: Compilation, facts: PhaseResult) => {
      if (isCleanCompilation(facts) && !compilation.truncated) clean = compilation
      listener.compiled(compilation)
      // A call that takes as long as the packing: where it is refused now, it is made again before the program runs.
      if (compilation.exitCode === 0 && packsWithin(nextLimits, container)) void container.limitTo(nextLimits)
    },
    output: ({ stream, bytes }: Output) => {
      if (stream === 'stdout') pieces.push(bytes.slice())
    },
  }
  const program = { ...request, limits: packLimits, args: [], stdin: new Uint8Array() }
  const packer = isEmptied ? packing(definition) : packingAndClearing(definition)
  const ran = await runProgram(container, packer, program, { listener: hearing, signal, isFollowed: isEmptied })
  return E.map((report: RunReport): Made => {
    const archive = Buffer.concat(pieces)
    return { ...report, archive, kept: report.outcome === 'success' ? keptOf(clean, archive) : null }
  })(ran)
}

const keptOf = (clean: Compilation | null, archive: Uint8Array): KeptCompilation | null =>
  clean === null ? null : { output: clean.output, archive }
