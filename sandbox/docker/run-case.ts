import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Case, CasesListener, CasesRequest, RunReport, SandboxFault } from '../sandbox.ts'
import { type Artifact, runningOnly } from './artifact.ts'
import { areSame, type ComingLimits } from './coming-limits.ts'
import type { Program } from './program.ts'
import { filesSent, isSentWhole, putBack } from './put-back.ts'
import { runEarly } from './run-early.ts'
import { runProgram } from './run-program.ts'
import { sandboxFault } from './sandbox-fault.ts'
import type { StartedContainer } from './start-container.ts'

/** What cases are run of, and who hears of them. */
export type CasesOf = Readonly<{
  definition: LanguageDefinition
  request: CasesRequest
  artifact: Artifact
  listener: CasesListener
  signal: AbortSignal
}>

export const programOf = ({ request, artifact }: CasesOf, { args, stdin, limits }: Case): Program => {
  const { entry, compileLimits } = request
  return { files: filesSent(artifact, limits), entry, args, stdin, limits, compileLimits }
}

/** The program's, whose files are memory too, where its own limit is too low to hold them; else nobody knows why. */
const notPutBack = (report: RunReport): E.Either<SandboxFault, RunReport> =>
  report.outcome === 'memory_limit'
    ? E.right({ ...report, exitCode: null, signal: null })
    : E.left(sandboxFault('lost', `what was compiled could not be put back: ${report.outcome}`))

/** Before the container has been given these limits, which are the case's own. */
const mayBeginEarly = ({ definition, artifact }: CasesOf, { limits }: Case, coming: ComingLimits): boolean =>
  !definition.sizedByLimits && isSentWhole(artifact, limits) && areSame(coming.limits, limits)

/**
 * Runs one case in a clean container, whatever it takes to have everything there; `onSent` as with a program. Null: it ran
 * early, and does not count.
 */
export const runCase = async (
  container: StartedContainer,
  of: CasesOf,
  one: Case,
  onSent: () => void,
): Promise<E.Either<SandboxFault, RunReport> | null> => {
  const { definition, artifact, listener, signal } = of
  const program = programOf(of, one)
  const coming = container.comingLimits()
  if (coming !== null && mayBeginEarly(of, one, coming)) return runEarly(container, { ...of, program, coming, onSent })
  const back = await putBack(container, artifact, { definition, signal, request: program })
  if (E.isLeft(back)) return back
  if (back.right !== null) return notPutBack(back.right)
  const hearing = { compiled: () => undefined, output: listener.output }
  return runProgram(container, runningOnly(definition), program, { listener: hearing, signal, onSent })
}
