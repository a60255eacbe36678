import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Case, CasesListener, CasesRequest, RunReport, SandboxFault } from '../sandbox.ts'
import {
  type Artifact,
  artifactOf,
  carryingMs,
  isOfCompilation,
  isPacked,
  largestArchive,
  runningOnly,
  tooLarge,
} from './artifact.ts'
import { asCached, type ClaimedCompilation } from './claim-compilation.ts'
import type { CleanContainers } from './clean-containers.ts'
import { compileAndPack, type Made } from './compile-and-pack.ts'
import { filesSent, putBack } from './put-back.ts'
import { runProgram } from './run-program.ts'
import { sandboxFault } from './sandbox-fault.ts'

type Stage = Readonly<{ listener: CasesListener; signal: AbortSignal }>
/** A compilation that failed, or what it made. */
type Compiled = Readonly<{ failed: RunReport } | { artifact: Artifact }>

/** The program's, whose files are memory too, where its own limit is too low to hold them; else nobody knows why. */
const notPutBack = (report: RunReport): E.Either<SandboxFault, RunReport> =>
  report.outcome === 'memory_limit'
    ? E.right({ ...report, exitCode: null, signal: null })
    : E.left(sandboxFault('lost', `what was compiled could not be put back: ${report.outcome}`))

type Work = Readonly<{
  containers: CleanContainers
  definition: LanguageDefinition
  request: CasesRequest
  stage: Stage
  claim: ClaimedCompilation
}>

const compiled = async (made: Made): Promise<Compiled> => {
  if (isOfCompilation(made)) return { failed: made }
  return isPacked(made) ? { artifact: await artifactOf(made.archive) } : { failed: tooLarge(made) }
}

const compile = async ({ containers, definition, request, stage, claim }: Work) => {
  const { compileLimits } = request
  const outputBytes = largestArchive(compileLimits.tmpfsBytes)
  const packLimits = { ...compileLimits, outputBytes, cpuTimeMs: carryingMs, wallTimeMs: carryingMs }
  const made = await containers.run(container =>
    compileAndPack(container, { definition, request, packLimits, ...stage }),
  )
  if (E.isLeft(made)) return made
  if (made.right.kept !== null) claim.keep(made.right.kept)
  return E.right(await compiled(made.right))
}

const obtain = async (work: Work): Promise<E.Either<SandboxFault, Compiled>> => {
  const { definition, request, stage, claim } = work
  if (definition.compile === null) return E.right({ artifact: { files: request.files, archive: null } })
  if (claim.found === null) return compile(work).finally(claim.done)
  stage.listener.compiled(asCached(claim.found))
  return E.right({ artifact: await artifactOf(claim.found.archive) })
}

const runCase = (
  { containers, definition, request, stage: { listener, signal } }: Work,
  artifact: Artifact,
  { args, stdin, limits }: Case,
): Promise<E.Either<SandboxFault, RunReport>> => {
  const { entry, compileLimits } = request
  const hearing = { compiled: () => undefined, output: listener.output }
  return containers.run(async container => {
    const back = await putBack(container, artifact, { definition, signal, request: { entry, limits, compileLimits } })
    if (E.isLeft(back)) return back
    if (back.right !== null) return notPutBack(back.right)
    const program = { files: filesSent(artifact, limits), entry, args, stdin, limits, compileLimits }
    return runProgram(container, runningOnly(definition), program, { listener: hearing, signal })
  })
}

/**
 * Compiles once and runs each case on what came of it. Between any two, everything is removed and put back from outside
 * the container, where no program reaches it.
 */
export const runCases = async (work: Work): Promise<E.Either<SandboxFault, RunReport | null>> => {
  const made = await obtain(work)
  if (E.isLeft(made)) return made
  if ('failed' in made.right) return E.right(made.right.failed)
  for (const next of work.request.cases) {
    const ran = await runCase(work, made.right.artifact, next)
    if (E.isLeft(ran)) return ran
    if (!work.stage.listener.ended(ran.right)) break
  }
  return E.right(null)
}
