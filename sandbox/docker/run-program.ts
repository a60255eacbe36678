import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { ClosableDialogue } from '../runner/dialogue-input.ts'
import type { PhaseResult } from '../runner/phase-result.ts'
import type { CompileResult, RunnerListener, RunnerResult } from '../runner/runner-session.ts'
import type { Compilation, Limits, RunListener, RunReport, SandboxFault, StreamName } from '../sandbox.ts'
import { verdict } from '../verdict.ts'
import type { DockerFault } from './docker-fault.ts'
import { firstShape, type Program, runnerSpec, wallTimeMs } from './program.ts'
import { sandboxFault } from './sandbox-fault.ts'
import type { StartedContainer } from './start-container.ts'

/** How much longer than its limits a run may take before the host stops believing the runner. */
const runGraceMs = 5_000

type Result = E.Either<SandboxFault, RunReport>

/** Is told of a compilation also what the kernel said. */
export type ProgramListener = Omit<RunListener, 'compiled'> &
  Readonly<{ compiled: (compilation: Compilation, facts: PhaseResult) => void }>

/** Runs one program in a container nobody else uses, to a verdict or a fault. */
export const runProgram = async (
  container: StartedContainer,
  definition: LanguageDefinition,
  program: Program,
  { listener, signal }: Readonly<{ listener: ProgramListener; signal: AbortSignal }>,
): Promise<Result> => {
  const limiter = createLimiter(container)
  const limited = await limiter.apply(firstShape(definition, program))
  const stage = createStage(listener)
  if (E.isLeft(limited)) {
    const overfull = await wasOverfull(container, limited.left)
    return overfull
      ? E.right(outOfMemory(stage.told(), definition.compile === null))
      : E.left(sandboxFault('lost', limited.left.message))
  }
  const spec = { ...runnerSpec(definition, program), betweenPhases: () => limiter.applyOrThrow(program.limits) }
  const finished = container.session.run(spec, stage.listener)
  const interrupted = interruption(wallTimeMs(definition, program) + runGraceMs, signal)
  const result = await Promise.race([finished, interrupted.happened])
  interrupted.cancel()
  stage.close()
  if (E.isRight(result)) return conclude(result.right)
  if (result.left._tag === 'SandboxFault') return E.left(result.left)
  const overfull = await wasOverfull(container, limiter.refused())
  if (overfull) return E.right(outOfMemory(stage.told(), definition.compile === null))
  return E.left(sandboxFault('lost', limiter.refused()?.message ?? result.left.message))
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

const compilation = ({ exitCode, signal, output, truncated, usage }: CompileResult): Compilation => ({
  exitCode,
  signal,
  output,
  truncated,
  usage,
  cached: false,
})

/** What the caller has been told so far: what a report without a runner's own totals must agree with. */
type Told = Readonly<Record<StreamName, number> & { compiled: boolean }>

type Stage = Readonly<{ listener: RunnerListener; close: () => void; told: () => Told }>

/** Once closed, nothing is told any more: a run given up must not speak after its caller has gone on. */
const createStage = (listener: ProgramListener): Stage => {
  const told = { compiled: false, stdout: 0, stderr: 0 }
  let open = true
  let held: ClosableDialogue | null = null

  const tellOfDialogue = (tell: NonNullable<RunListener['dialogue']>) => (dialogue: ClosableDialogue) => {
    if (!open) return
    held = dialogue
    const { write, end, signal } = dialogue
    tell({ write, end, signal })
  }

  return {
    listener: {
      ...(listener.dialogue === undefined ? {} : { dialogue: tellOfDialogue(listener.dialogue) }),
      compiled: result => {
        if (!open) return
        told.compiled = true
        listener.compiled(compilation(result), result)
      },
      output: output => {
        if (!open) return
        told[output.stream] += output.bytes.length
        listener.output(output)
      },
    },
    close: () => {
      open = false
      held?.close()
    },
    told: () => told,
  }
}

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
