import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Limits, RunReport, SandboxFault } from '../sandbox.ts'
import { areSame } from './coming-limits.ts'
import { concludeRun, withoutResult } from './conclude-run.ts'
import type { DockerFault } from './docker-fault.ts'
import { freshRunUid } from './fresh-run-uid.ts'
import { firstShape, isStdinSentWhole, type Program, runnerSpec, wallTimeMs } from './program.ts'
import { createStage, type ProgramListener } from './run-stage.ts'
import type { StartedContainer } from './start-container.ts'

type Running = Readonly<{
  listener: ProgramListener
  signal: AbortSignal
  /** Nothing of the program is wanted afterwards, and the container is to be clean for another. */
  isFollowed?: boolean
  /** Called when all is said that the program needs, but for stdin that is not sent whole. */
  onSent?: () => void
}>

/** Runs one program in a container nobody else uses, to a verdict or a fault. */
export const runProgram = async (
  container: StartedContainer,
  definition: LanguageDefinition,
  program: Program,
  { listener, signal, isFollowed = false, onSent }: Running,
): Promise<E.Either<SandboxFault, RunReport>> => {
  const limiter = createLimiter(container)
  const limited = await limiter.apply(firstShape(definition, program))
  const stage = createStage(listener)
  const concluding = { container, stage, isInterpreted: definition.compile === null, refused: limiter.refused }
  if (E.isLeft(limited)) return withoutResult(concluding, limited.left.message)
  const spec = {
    ...runnerSpec(definition, program),
    // Where both are limited alike, others may be on their way already: those of whatever comes next.
    betweenPhases: async () => {
      if (!areSame(program.limits, program.compileLimits)) await limiter.applyOrThrow(program.limits)
    },
    // Asked for now, a reset costs neither the daemon nor the runner a turn of its own.
    ...(isFollowed && maySendAll(program, listener) ? { nextUid: freshRunUid() } : {}),
  }
  const finished = container.session.run(spec, stage.listener)
  onSent?.()
  return concludeRun(concluding, finished, { wallTimeMs: wallTimeMs(definition, program), signal })
}

const maySendAll = (program: Program, { dialogue }: ProgramListener): boolean =>
  dialogue === undefined && isStdinSentWhole(program)

/** Remembers the limits that the daemon refused. */
const createLimiter = (container: StartedContainer) => {
  let refused: DockerFault | null = null

  const apply = async (next: Pick<Limits, 'memoryBytes' | 'processes'>): Promise<E.Either<DockerFault, void>> => {
    const limited = await container.limitTo(next)
    if (E.isLeft(limited)) refused = limited.left
    return limited
  }

  return {
    apply,
    applyOrThrow: async (next: Limits): Promise<void> => {
      const limited = await apply(next)
      if (E.isLeft(limited)) throw new Error(limited.left.message)
    },
    refused: () => refused,
  }
}
