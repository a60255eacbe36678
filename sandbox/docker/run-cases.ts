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
  tooLarge,
} from './artifact.ts'
import { sendCasesAhead } from './cases-ahead.ts'
import { asCached, type ClaimedCompilation } from './claim-compilation.ts'
import type { CleanContainers } from './clean-containers.ts'
import { compileAndPack, type Made } from './compile-and-pack.ts'
import { leavesNoDoubt } from './leaves-no-doubt.ts'
import { type CasesOf, runCase } from './run-case.ts'
import type { StartedContainer } from './start-container.ts'

type Stage = Readonly<{ listener: CasesListener; signal: AbortSignal }>
/** A compilation that failed, or what it made. */
type Compiled = Readonly<{ failed: RunReport } | { artifact: Artifact }>

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
  const nextLimits = request.cases[0]?.limits ?? request.limits
  const outputBytes = largestArchive(compileLimits.tmpfsBytes)
  const packLimits = { ...compileLimits, outputBytes, cpuTimeMs: carryingMs, wallTimeMs: carryingMs }
  const made = await containers.run(container =>
    compileAndPack(container, { definition, request, packLimits, nextLimits, isEmptied: true, ...stage }),
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

/** How the last of the cases ended that ran in one container, how many those were, and whether more are to be run. */
type Stretch = RunReport & Readonly<{ count: number; goesOn: boolean }>

/** Runs cases in one container, as many of them as it serves without being begun anew. Null: none that counts. */
const runStretch = async (
  container: StartedContainer,
  of: CasesOf,
  from: number,
  first: Case,
): Promise<E.Either<SandboxFault, Stretch> | null> => {
  const { request, listener, signal } = of
  const ahead = sendCasesAhead(container, of, from)
  let ran = await runCase(container, of, first, ahead.begin)
  if (ran === null) return null
  for (let count = 1; ; count++) {
    if (E.isLeft(ran)) return ran
    const report: RunReport = ran.right
    const goesOn = listener.ended(report) || !request.mayStop
    const next = goesOn && leavesNoDoubt(report) ? ahead.next() : null
    const then = next === null ? null : await next.ended(signal)
    if (then === null) return E.right({ ...report, count, goesOn })
    ran = then
  }
}

/**
 * Compiles once and runs each case on what came of it. Between any two, everything is removed and put back from outside
 * the container, where no program reaches it.
 */
export const runCases = async (work: Work): Promise<E.Either<SandboxFault, RunReport | null>> => {
  const made = await obtain(work)
  if (E.isLeft(made)) return made
  if ('failed' in made.right) return E.right(made.right.failed)
  const { containers, definition, request, stage } = work
  const of = { definition, request, artifact: made.right.artifact, ...stage }
  for (let position = 0, next = request.cases[0]; next !== undefined; next = request.cases[position]) {
    const [from, first] = [position, next]
    const ran = await containers.run(container => runStretch(container, of, from, first))
    if (ran === null) continue
    if (E.isLeft(ran)) return ran
    if (!ran.right.goesOn) break
    position += ran.right.count
  }
  return E.right(null)
}
