import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Output, RunListener, RunReport, SandboxFault } from '../sandbox.ts'
import { callDocker } from './call-docker.ts'
import { cleanTimeoutMs } from './clean-containers.ts'
import { concludeRun } from './conclude-run.ts'
import { freshRunUid } from './fresh-run-uid.ts'
import { type Program, runnerSpec, wallTimeMs } from './program.ts'
import { createStage } from './run-stage.ts'
import type { StartedContainer } from './start-container.ts'

/** A program that was sent to a container while others run there. */
export type RunAhead = Readonly<{
  /** Once those before it have ended: only then is told what it writes. Null: the container did not get clean for it. */
  ended: (signal: AbortSignal) => Promise<E.Either<SandboxFault, RunReport> | null>
}>

type Sent = Readonly<{ container: StartedContainer; definition: LanguageDefinition; program: Program }>

/** What a program writes is kept until those before it have been heard to their end. */
const inTurn = ({ output }: Pick<RunListener, 'output'>) => {
  let early: Array<Output> | null = []
  return {
    output: (next: Output): void => {
      if (early === null) output(next)
      else early.push(next)
    },
    begin: (): void => {
      early?.forEach(output)
      early = null
    },
  }
}

/** Sends a program that needs no compiling to a container with the limits of the one that runs there. */
export const sendAhead = (sent: Sent, listener: Pick<RunListener, 'output'>): RunAhead => {
  const { container, definition, program } = sent
  const turn = inTurn(listener)
  const stage = createStage({ compiled: () => undefined, output: turn.output })
  const { clean, ended } = container.session.follow(freshRunUid(), runnerSpec(definition, program), stage.listener)
  const concluding = { container, stage, isInterpreted: true, refused: () => null }
  return {
    ended: async signal => {
      const cleaned = await callDocker('clean a container', cleanTimeoutMs, () => clean)
      if (E.isLeft(E.flattenW(cleaned))) return null
      turn.begin()
      return concludeRun(concluding, ended, { wallTimeMs: wallTimeMs(definition, program), signal })
    },
  }
}
