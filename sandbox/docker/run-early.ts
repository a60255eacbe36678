import type * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunListener, RunReport, SandboxFault } from '../sandbox.ts'
import { runningOnly } from './artifact.ts'
import type { ComingLimits } from './coming-limits.ts'
import { concludeEarlyRun } from './conclude-run.ts'
import { type Program, runnerSpec, wallTimeMs } from './program.ts'
import { inTurn, toldAfter } from './run-ahead.ts'
import { createStage } from './run-stage.ts'
import type { StartedContainer } from './start-container.ts'

type Early = Readonly<{
  definition: LanguageDefinition
  program: Program
  coming: ComingLimits
  listener: Pick<RunListener, 'output'>
  signal: AbortSignal
  onSent: () => void
}>

/**
 * Runs a program that needs no compiling in a container that is still being given its limits. Null where it may have run
 * otherwise than within them: then nothing is told of it, and the container is given up.
 */
export const runEarly = async (
  container: StartedContainer,
  { definition, program, coming, listener, signal, onSent }: Early,
): Promise<E.Either<SandboxFault, RunReport> | null> => {
  const running = runningOnly(definition)
  const turn = inTurn(listener)
  const stage = createStage({ compiled: () => undefined, output: turn.output })
  const spec = { ...runnerSpec(running, program), betweenPhases: async () => undefined }
  const finished = container.session.run(spec, stage.listener)
  onSent()
  const concluding = { container, stage, isInterpreted: true, refused: () => null }
  const until = { coming, wallTimeMs: wallTimeMs(running, program), signal }
  return toldAfter(turn, concludeEarlyRun(concluding, finished, until))
}
