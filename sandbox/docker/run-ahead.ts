import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Output, RunListener, RunReport, SandboxFault } from '../sandbox.ts'
import { callDocker } from './call-docker.ts'
import { cleanTimeoutMs } from './clean-containers.ts'
import { concludeEarlyRun, concludeRun } from './conclude-run.ts'
import { freshRunUid } from './fresh-run-uid.ts'
import { type Program, runnerSpec, wallTimeMs } from './program.ts'
import { createStage } from './run-stage.ts'
import type { StartedContainer } from './start-container.ts'

/** A program that was sent to a container while others run there. */
export type RunAhead = Readonly<{
  /**
   * Once those before it have ended: only then is told what it writes. Null: nothing is, for the container did not get clean
   * for it, or it began before the container had its limits, and these may have made a difference.
   */
  ended: (signal: AbortSignal) => Promise<Ran | null>
}>

type Ran = E.Either<SandboxFault, RunReport>

type Sent = Readonly<{ container: StartedContainer; definition: LanguageDefinition; program: Program }>

/** What a program writes is kept until it may be told. */
export const inTurn = ({ output }: Pick<RunListener, 'output'>) => {
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

/** Tells what a program wrote once there is a report of it, and nothing where there is none. */
export const toldAfter = async (
  turn: ReturnType<typeof inTurn>,
  concluding: Promise<Ran | null>,
): Promise<Ran | null> => {
  const ran = await concluding
  if (ran !== null && E.isRight(ran)) turn.begin()
  return ran
}

/** Sends a program that needs no compiling to a container with the limits of the one that runs there. */
export const sendAhead = (sent: Sent, listener: Pick<RunListener, 'output'>): RunAhead => {
  const { container, definition, program } = sent
  const turn = inTurn(listener)
  const stage = createStage({ compiled: () => undefined, output: turn.output })
  const { clean, ended } = container.session.follow(freshRunUid(), runnerSpec(definition, program), stage.listener)
  const coming = container.comingLimits()
  const concluding = { container, stage, isInterpreted: true, refused: () => null }

  const concluded = async (signal: AbortSignal) => {
    const until = { wallTimeMs: wallTimeMs(definition, program), signal }
    if (coming !== null) return toldAfter(turn, concludeEarlyRun(concluding, ended, { coming, ...until }))
    turn.begin()
    return concludeRun(concluding, ended, until)
  }

  return {
    ended: async signal => {
      const cleaned = await callDocker('clean a container', cleanTimeoutMs, () => clean)
      return E.isLeft(E.flattenW(cleaned)) ? null : concluded(signal)
    },
  }
}
