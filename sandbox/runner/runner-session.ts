import * as E from 'fp-ts/lib/Either.js'
import type { CollectedFiles, FilesWanted, Output, SourceFile } from '../sandbox.ts'
import type { CleanProof } from './clean-proof.ts'
import { collectCompileOutput } from './compile-output.ts'
import type { ClosableDialogue } from './dialogue-input.ts'
import { fileFrames } from './host-frames.ts'
import type { PhaseOutcome, ResetOutcome } from './open-questions.ts'
import type { PhaseResult } from './phase-result.ts'
import { openPhaseRunner } from './phase-runner.ts'
import type { PhaseSpec } from './phase-spec.ts'
import type { RunnerChannel } from './runner-channel.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

export type { PhaseSpec, RunnerChannel }

export type RunnerSpec = Readonly<{
  files: ReadonlyArray<SourceFile>
  stdin: Uint8Array
  compile: PhaseSpec | null
  run: PhaseSpec
  /** Called after a compilation that succeeded; the run phase starts when it resolves. */
  betweenPhases: () => Promise<void>
  /**
   * Uid of the run to come, where nothing of this one is wanted once it has ended: the reset is asked for together with it.
   * Its stdin is sent as a whole then, so it has a bound, the runner's window, and there is no dialogue.
   */
  nextUid?: number
}>

/** What the compiler said, both streams as they came, cut at `limits.outputBytes`. */
export type CompileResult = PhaseResult & Readonly<{ output: Uint8Array; truncated: boolean }>

export type RunnerListener = Readonly<{
  compiled: (result: CompileResult) => void
  output: (output: Output) => void
  /** Where it is given, stdin of the run stays open: called when the program has been started. */
  dialogue?: (dialogue: ClosableDialogue) => void
}>

/** `run` is null where compilation failed. */
export type RunnerResult = Readonly<{ compile: PhaseResult | null; run: PhaseResult | null }>

export type RunnerSession = Readonly<{
  /** The runner said hello in a version we speak. Rejects with the fault's message. */
  ready: Promise<void>
  /** One at a time, a reset between two. Never rejects; bounded by the limits' wall times only while the runner is sound. */
  run: (spec: RunnerSpec, listener: RunnerListener) => Promise<E.Either<RunnerFault, RunnerResult>>
  /** Files the run before has left, once every program is dead. Bounded by a sound runner only. */
  collect: (wanted: FilesWanted) => Promise<E.Either<RunnerFault, CollectedFiles>>
  /**
   * Leaves nothing of the run before, for one as that uid; where it was asked for together with that run, for one as the uid
   * named then. Whatever is not Right: the container must go. Not bounded.
   */
  reset: (uid: number) => Promise<E.Either<RunnerFault, CleanProof>>
  /**
   * A reset and a run as that uid, asked for while those before go on, of which all stdin has been sent. Its own is sent as a
   * whole, so it has a bound: the runner's window. `clean` as with a reset; nothing is known of a run that is not clean.
   */
  follow: (uid: number, spec: FollowingSpec, listener: Pick<RunnerListener, 'output'>) => Following
}>

type FollowingSpec = Pick<RunnerSpec, 'files' | 'stdin' | 'run'>

type Following = Readonly<{
  clean: Promise<E.Either<RunnerFault, CleanProof>>
  ended: Promise<E.Either<RunnerFault, RunnerResult>>
}>

const faultOf = (cause: unknown): RunnerFault => runnerFault(cause instanceof Error ? cause.message : String(cause))

const succeeded = (result: PhaseResult): boolean => result.exitCode === 0 && result.limit === null

export const openRunnerSession = (channel: RunnerChannel): RunnerSession => {
  const runner = openPhaseRunner(channel)
  let resetting: Promise<ResetOutcome> | null = null

  const compile = async (phase: PhaseSpec): Promise<E.Either<RunnerFault, CompileResult>> => {
    const said = collectCompileOutput(phase.limits.outputBytes)
    const result = await runner.phase(phase, new Uint8Array(), { output: said.add })
    return E.map((facts: PhaseResult) => ({
      ...facts,
      output: said.bytes(),
      truncated: said.wasCut() || facts.stdout.truncated || facts.stderr.truncated,
    }))(result)
  }

  const execution = ({ run, stdin, nextUid }: RunnerSpec, listener: RunnerListener): Promise<PhaseOutcome> => {
    if (nextUid === undefined) return runner.phase(run, stdin, listener)
    const { clean, ended } = runner.phaseAndReset({ uid: nextUid, phase: run, stdin }, listener)
    resetting = clean
    return ended
  }

  const execute = async (
    spec: RunnerSpec,
    listener: RunnerListener,
    compiled: PhaseResult | null,
  ): Promise<E.Either<RunnerFault, RunnerResult>> => {
    const result = await execution(spec, listener)
    return E.map((run: PhaseResult) => ({ compile: compiled, run }))(result)
  }

  const compileAndExecute = async (spec: RunnerSpec, phase: PhaseSpec, listener: RunnerListener) => {
    const compiled = await compile(phase)
    if (E.isLeft(compiled)) return compiled
    listener.compiled(compiled.right)
    if (!succeeded(compiled.right)) return E.right({ compile: compiled.right, run: null })
    await spec.betweenPhases()
    return execute(spec, listener, compiled.right)
  }

  const run: RunnerSession['run'] = async (spec, listener) => {
    try {
      spec.files.flatMap(fileFrames).forEach(runner.send)
      return await (spec.compile === null
        ? execute(spec, listener, null)
        : compileAndExecute(spec, spec.compile, listener))
    } catch (cause) {
      return E.left(faultOf(cause))
    }
  }

  const reset: RunnerSession['reset'] = uid => {
    const asked = resetting
    resetting = null
    return asked ?? runner.reset(uid)
  }

  const follow: RunnerSession['follow'] = (uid, { files, stdin, run: phase }, listener) => {
    try {
      const { clean, ended } = runner.follow({ uid, files, phase, stdin }, listener)
      return { clean, ended: ended.then(E.map(result => ({ compile: null, run: result }))) }
    } catch (cause) {
      const refused = E.left(faultOf(cause))
      return { clean: Promise.resolve(refused), ended: Promise.resolve(refused) }
    }
  }

  return { ready: runner.ready, run, collect: runner.collect, reset, follow }
}
