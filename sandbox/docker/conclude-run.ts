import * as E from 'fp-ts/lib/Either.js'
import type { RunnerFault } from '../runner/runner-fault.ts'
import type { RunnerResult } from '../runner/runner-session.ts'
import type { RunReport, SandboxFault } from '../sandbox.ts'
import { verdict } from '../verdict.ts'
import type { ComingLimits } from './coming-limits.ts'
import type { DockerFault } from './docker-fault.ts'
import type { Stage, Told } from './run-stage.ts'
import { sandboxFault } from './sandbox-fault.ts'
import type { StartedContainer } from './start-container.ts'

/** How much longer than its limits a run may take before the host stops believing the runner. */
const runGraceMs = 5_000

type Result = E.Either<SandboxFault, RunReport>

export type Concluding = Readonly<{
  container: StartedContainer
  stage: Stage
  isInterpreted: boolean
  /** The limits that the daemon refused, once the run has ended. */
  refused: () => DockerFault | null
}>

/** How long a run may go on from now, unless it is called off. */
export type Until = Readonly<{ wallTimeMs: number; signal: AbortSignal }>

type Finished = Promise<E.Either<RunnerFault, RunnerResult>>

/** Waits for a run, and hears nothing more of it. */
const untilEnded = async (
  { stage }: Concluding,
  finished: Finished,
  { wallTimeMs, signal }: Until,
): Promise<E.Either<RunnerFault | SandboxFault, RunnerResult>> => {
  const interrupted = interruption(wallTimeMs + runGraceMs, signal)
  const result = await Promise.race([finished, interrupted.happened])
  interrupted.cancel()
  stage.close()
  return result
}

/** Waits for a run: a verdict or a fault. */
export const concludeRun = async (concluding: Concluding, finished: Finished, until: Until): Promise<Result> => {
  const result = await untilEnded(concluding, finished, until)
  if (E.isRight(result)) return conclude(result.right)
  return result.left._tag === 'SandboxFault' ? E.left(result.left) : withoutResult(concluding, result.left.message)
}

/**
 * The same for a run that began before its container had the limits it is to keep to. Null where these may have made a
 * difference: it counts for nothing, and the container is given up with all that was sent there.
 */
export const concludeEarlyRun = async (
  concluding: Concluding,
  finished: Finished,
  { coming, ...until }: Until & Readonly<{ coming: ComingLimits }>,
): Promise<Result | null> => {
  const result = await untilEnded(concluding, finished, until)
  if (E.isLeft(result) && result.left._tag === 'SandboxFault') return E.left(result.left)
  const run = E.isRight(result) ? result.right.run : null
  if (E.isRight(result) && run !== null && (await coming.allow(run))) return conclude(result.right)
  concluding.container.hangUp()
  return null
}

/** What is said of a run whose runner said nothing. */
export const withoutResult = async (
  { container, stage, isInterpreted, refused }: Concluding,
  message: string,
): Promise<Result> => {
  const cause = refused()
  const overfull = await wasOverfull(container, cause)
  return overfull
    ? E.right(outOfMemory(stage.told(), isInterpreted))
    : E.left(sandboxFault('lost', cause?.message ?? message))
}

const conclude = (result: RunnerResult): Result => {
  const report = verdict(result)
  return report === null ? E.left(sandboxFault('lost', 'the runner stopped between the phases')) : E.right(report)
}

const outOfMemory = ({ compiled, stdout, stderr }: Told, isInterpreted: boolean): RunReport => ({
  outcome: compiled || isInterpreted ? 'memory_limit' : 'compile_limit',
  reason: 'memory',
  exitCode: null,
  signal: null,
  usage: null,
  output: { stdout: { bytes: stdout, truncated: false }, stderr: { bytes: stderr, truncated: false } },
})

// Files in the box are memory too: where they hold all of it, the runner dies with the program, or the lower limit of
// the second phase does not fit. Both are the program's doing, not the sandbox's.
const wasOverfull = async (container: StartedContainer, refused: DockerFault | null): Promise<boolean> =>
  (refused !== null && /resource busy|minimum memory|current usage/i.test(refused.message)) ||
  (await container.wasOutOfMemory())

const interruption = (deadlineMs: number, signal: AbortSignal) => {
  const { promise, resolve } = Promise.withResolvers<E.Either<SandboxFault, never>>()
  const abort = () => resolve(E.left(sandboxFault('aborted', 'the run was called off')))
  const pass = () => resolve(E.left(sandboxFault('lost', `the runner gave no result within ${deadlineMs} ms`)))
  const timer = setTimeout(pass, deadlineMs)
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  return {
    happened: promise,
    cancel: () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    },
  }
}
