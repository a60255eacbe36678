import * as E from 'fp-ts/lib/Either.js'
import type { KeptCompilation } from '../compile-cache/seal-compilation.ts'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunListener, RunReport, RunRequest, SandboxFault } from '../sandbox.ts'
import { artifactOf, isOfCompilation, largestArchive, runningOnly } from './artifact.ts'
import { asCached, type ClaimedCompilation } from './claim-compilation.ts'
import type { CleanContainers } from './clean-containers.ts'
import { withFiles } from './collect-files.ts'
import { compileAndPack } from './compile-and-pack.ts'
import { filesSent, putBack } from './put-back.ts'
import { runProgram } from './run-program.ts'
import type { StartedContainer } from './start-container.ts'

type Result = E.Either<SandboxFault, RunReport>

type Work = Readonly<{
  containers: CleanContainers
  definition: LanguageDefinition
  request: RunRequest
  stage: Readonly<{ listener: RunListener; signal: AbortSignal }>
  claim: ClaimedCompilation
  /** The container may serve other runs afterwards. */
  isKept: boolean
}>

/** A program that waits to run is held up by the packing for so long at most. */
const packMs = 2_000

/** Of the last program that runs in the container, whose files are wanted or not. */
const lastStage = ({ request, stage, isKept }: Work) => ({
  ...stage,
  isFollowed: isKept && request.outputs === undefined,
})

/** Runs what is in the box, and the files. */
const runMade = (container: StartedContainer, work: Work, files: RunRequest['files']): Promise<Result> =>
  runProgram(container, runningOnly(work.definition), { ...work.request, files }, lastStage(work))

const compileAndRun = async (container: StartedContainer, work: Work): Promise<Result> => {
  const { definition, request, stage, claim } = work
  if (claim.largest === 0) return runProgram(container, definition, request, lastStage(work))
  const { compileLimits, limits: nextLimits } = request
  const outputBytes = Math.min(claim.largest, largestArchive(compileLimits.tmpfsBytes))
  const packLimits = { ...compileLimits, outputBytes, cpuTimeMs: packMs, wallTimeMs: packMs }
  const made = await compileAndPack(container, {
    definition,
    request,
    packLimits,
    nextLimits,
    isEmptied: false,
    ...stage,
  })
  if (E.isLeft(made)) return made
  if (isOfCompilation(made.right)) return made
  if (made.right.kept !== null) claim.keep(made.right.kept)
  claim.done()
  return runMade(container, work, [])
}

/** Null where it could not be put back, such as into less memory than it takes; then nothing has been told of it. */
const runFound = async (work: Work, found: KeptCompilation): Promise<Result | null> => {
  const { containers, definition, request, stage } = work
  const artifact = await artifactOf(found.archive)
  let isBack = false
  const ran = await containers.run(async (container): Promise<Result> => {
    const back = await putBack(container, artifact, { definition, request, signal: stage.signal })
    if (E.isLeft(back)) return back
    if (back.right !== null) return E.right(back.right)
    isBack = true
    stage.listener.compiled(asCached(found))
    const ran = await runMade(container, work, filesSent(artifact, request.limits))
    return withFiles(container, request.outputs, ran, stage.signal)
  })
  return isBack || E.isLeft(ran) ? ran : null
}

/** Runs a program once, on what was compiled before where that is there. */
export const runOnce = async (work: Work): Promise<Result> => {
  const { containers, claim } = work
  const ran = claim.found === null ? null : await runFound(work, claim.found)
  if (ran !== null) return ran
  const { request, stage } = work
  return containers.run(async container =>
    withFiles(container, request.outputs, await compileAndRun(container, work), stage.signal),
  )
}
