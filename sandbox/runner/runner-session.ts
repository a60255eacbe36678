import type { Either } from 'fp-ts/lib/Either.js'
import type { Limits, Output, SourceFile } from '../sandbox.ts'
import type { PhaseResult } from './phase-result.ts'
import type { RunnerFault } from './runner-fault.ts'

/** The runner's own stdin and stdout, already freed of the transport's framing. */
export type RunnerChannel = Readonly<{
  write: (bytes: Uint8Array) => void
  end: () => void
  onData: (listener: (bytes: Buffer) => void) => void
  onClose: (listener: (cause: string) => void) => void
}>

/** `argv[0]` is looked up in `env.PATH` unless it holds a slash. Memory, processes and tmpfs are the container's to limit. */
export type PhaseSpec = Readonly<{
  argv: ReadonlyArray<string>
  env: Readonly<Record<string, string>>
  limits: Limits
}>

export type RunnerSpec = Readonly<{
  files: ReadonlyArray<SourceFile>
  stdin: Uint8Array
  compile: PhaseSpec | null
  run: PhaseSpec
  /** Called after a compilation that succeeded; the run phase starts when it resolves. */
  betweenPhases: () => Promise<void>
}>

/** What the compiler said, both streams as they came, cut at `limits.outputBytes`. */
export type CompileResult = PhaseResult & Readonly<{ output: Uint8Array; truncated: boolean }>

export type RunnerListener = Readonly<{
  compiled: (result: CompileResult) => void
  output: (output: Output) => void
}>

/** `run` is null where compilation failed. */
export type RunnerResult = Readonly<{ compile: PhaseResult | null; run: PhaseResult | null }>

export type RunnerSession = Readonly<{
  /** The runner said hello in a version we speak. Rejects with the fault's message. */
  ready: Promise<void>
  /** Once per session. Never rejects; bounded by the limits' wall times only while the runner is sound. */
  run: (spec: RunnerSpec, listener: RunnerListener) => Promise<Either<RunnerFault, RunnerResult>>
}>

export declare const openRunnerSession: (channel: RunnerChannel) => RunnerSession
