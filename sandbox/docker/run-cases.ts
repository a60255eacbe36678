import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Case, CasesListener, CasesRequest, Output, RunReport, SandboxFault } from '../sandbox.ts'
import {
  type Artifact,
  isOfCompilation,
  largestArchive,
  packing,
  sourcesOnly,
  tooLarge,
  unpacking,
} from './artifact.ts'
import type { CleanContainers } from './clean-containers.ts'
import { runProgram } from './run-program.ts'
import { sandboxFault } from './sandbox-fault.ts'

type Stage = Readonly<{ listener: CasesListener; signal: AbortSignal }>
/** A compilation that failed, or what it made. */
type Compiled = Readonly<{ failed: RunReport } | { artifact: Artifact }>

/** The program's, whose files are memory too, where its own limit is too low to hold them; else nobody knows why. */
const ofCase = (report: RunReport): E.Either<SandboxFault, RunReport> => {
  if (!isOfCompilation(report)) return E.right(report)
  return report.reason === 'memory'
    ? E.right({ ...report, outcome: 'memory_limit', exitCode: null, signal: null })
    : E.left(sandboxFault('lost', `what was compiled could not be put back: ${report.outcome}`))
}

type Work = Readonly<{
  containers: CleanContainers
  definition: LanguageDefinition
  request: CasesRequest
  stage: Stage
}>

const compile = async ({
  containers,
  definition,
  request,
  stage: { listener, signal },
}: Work): Promise<E.Either<SandboxFault, Compiled>> => {
  if (definition.compile === null) return E.right({ artifact: sourcesOnly(definition, request.files) })
  const { files, entry, compileArgs = [], compileLimits } = request
  const archive: Uint8Array[] = []
  const limits = { ...compileLimits, outputBytes: largestArchive(compileLimits.tmpfsBytes) }
  const program = { files, entry, compileArgs, compileLimits, limits, args: [], stdin: new Uint8Array() }
  const hearing = {
    compiled: listener.compiled,
    output: ({ stream, bytes }: Output) => {
      if (stream === 'stdout') archive.push(bytes.slice())
    },
  }
  const ran = await containers.run(container =>
    runProgram(container, packing(definition), program, { listener: hearing, signal }),
  )
  if (E.isLeft(ran)) return ran
  if (isOfCompilation(ran.right)) return E.right({ failed: ran.right })
  if (ran.right.outcome !== 'success') return E.right({ failed: tooLarge(ran.right) })
  return E.right({ artifact: await unpacking(definition, Buffer.concat(archive)) })
}

const runCase = async (
  { containers, request: { entry, compileLimits }, stage: { listener, signal } }: Work,
  { files, definition }: Artifact,
  { args, stdin, limits }: Case,
): Promise<E.Either<SandboxFault, RunReport>> => {
  const { memoryBytes, processes } = limits
  // Of one size from the start: to change it costs a call of the daemon.
  const program = { files, entry, args, stdin, limits, compileLimits: { ...compileLimits, memoryBytes, processes } }
  const hearing = { compiled: () => undefined, output: listener.output }
  const ran = await containers.run(container =>
    runProgram(container, definition, program, { listener: hearing, signal }),
  )
  return E.flatMap(ofCase)(ran)
}

/**
 * Compiles once and runs each case on what came of it. Between any two, everything is removed and put back from outside
 * the container, where no program reaches it.
 */
export const runCases = async (work: Work): Promise<E.Either<SandboxFault, RunReport | null>> => {
  const compiled = await compile(work)
  if (E.isLeft(compiled)) return compiled
  if ('failed' in compiled.right) return E.right(compiled.right.failed)
  for (const next of work.request.cases) {
    const ran = await runCase(work, compiled.right.artifact, next)
    if (E.isLeft(ran)) return ran
    if (!work.stage.listener.ended(ran.right)) break
  }
  return E.right(null)
}
