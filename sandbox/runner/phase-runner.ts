import * as E from 'fp-ts/lib/Either.js'
import type { FilesWanted, Output, SourceFile } from '../sandbox.ts'
import { collectFrame } from './collect-frames.ts'
import { type ClosableDialogue, dialogueInput } from './dialogue-input.ts'
import { createFrameParser, type RunnerFrame } from './frame-parser.ts'
import { givenInput } from './given-input.ts'
import { phaseFrame, resetFrame, startFrame } from './host-frames.ts'
import { createKeptFiles } from './kept-files.ts'
import { type CollectOutcome, createOpenQuestions, type PhaseOutcome, type ResetOutcome } from './open-questions.ts'
import { createPhaseExchange } from './phase-exchange.ts'
import type { PhaseInput } from './phase-input.ts'
import type { PhaseSpec } from './phase-spec.ts'
import type { RunnerChannel } from './runner-channel.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

const PROTOCOL_VERSION = 6

type PhaseListener = Readonly<{
  output: (output: Output) => void
  /** Where it is given, stdin stays open. */
  dialogue?: (dialogue: ClosableDialogue) => void
}>

/** A phase, and the uid of those after it. */
type LastPhase = Readonly<{ uid: number; phase: PhaseSpec; stdin: Uint8Array }>

/** A phase on files that are sent now, as another uid. */
type NextPhase = Readonly<{
  uid: number
  files: ReadonlyArray<SourceFile>
  phase: PhaseSpec
  stdin: Uint8Array
}>

type AskedTogether = Readonly<{ clean: Promise<ResetOutcome>; ended: Promise<PhaseOutcome> }>

/** Speaks the protocol: one phase after another over one channel. The first fault ends it for good. */
export type PhaseRunner = Readonly<{
  ready: Promise<void>
  send: (frame: Uint8Array) => void
  phase: (spec: PhaseSpec, stdin: Uint8Array, listener: PhaseListener) => Promise<PhaseOutcome>
  /** Of what the phase before left, once it has ended. */
  collect: (wanted: FilesWanted) => Promise<CollectOutcome>
  /** Between two phases; any doubt is a fault. */
  reset: (uid: number) => Promise<ResetOutcome>
  /** A phase and a reset for runs as that uid, said at once. Throws where its stdin is too long for that. */
  phaseAndReset: (last: LastPhase, listener: Pick<PhaseListener, 'output'>) => AskedTogether
  /** A reset and a phase, said while others go on, all of whose stdin has been sent. Throws where its own is too long for that. */
  follow: (next: NextPhase, listener: Pick<PhaseListener, 'output'>) => AskedTogether
}>

export const openPhaseRunner = (channel: RunnerChannel): PhaseRunner => {
  const parser = createFrameParser()
  const questions = createOpenQuestions()
  const keptFiles = createKeptFiles()
  const hello = Promise.withResolvers<void>()
  // A fault before hello is told by `phase` as well: whoever does not await `ready` must not bring the process down.
  hello.promise.catch(() => undefined)
  let stdinWindow: number | null = null
  let fault: RunnerFault | null = null

  const fail = (cause: RunnerFault): void => {
    if (fault !== null) return
    fault = cause
    hello.reject(new Error(cause.message))
    questions.fail(cause)
    channel.end()
  }

  const greet = ({ version, stdinWindow: window }: Extract<RunnerFrame, { _tag: 'Hello' }>): void => {
    if (stdinWindow !== null) fail(runnerFault('protocol violated: second hello'))
    else if (version !== PROTOCOL_VERSION) fail(runnerFault(`runner speaks protocol version ${version}`))
    else {
      stdinWindow = window
      hello.resolve()
    }
  }

  const takeAnswer = (frame: RunnerFrame): void => {
    const problem = questions.take(frame)
    if (problem !== null) fail(problem)
  }

  const take = (frame: RunnerFrame): void => {
    if (fault !== null) return
    if (frame._tag === 'Hello') greet(frame)
    else if (frame._tag === 'Error') fail(runnerFault(`runner: ${frame.message}`))
    else takeAnswer(frame)
  }

  channel.onData(bytes => {
    const { frames, fault: malformed } = parser.push(bytes)
    frames.forEach(take)
    if (malformed !== null) fail(malformed)
  })
  channel.onClose(cause => fail(runnerFault(`connection to the runner closed: ${cause}`)))

  const inputOf = (stdin: Uint8Array, { dialogue }: PhaseListener): PhaseInput =>
    dialogue === undefined
      ? givenInput(stdin)
      : dialogueInput({ beginning: stdin, send: channel.write, onStarted: dialogue })

  const opening = (spec: PhaseSpec, input: PhaseInput): ReadonlyArray<Uint8Array> => [
    phaseFrame(spec),
    ...input.grant(stdinWindow ?? 0),
    startFrame,
  ]

  const askForPhase = (
    spec: PhaseSpec,
    input: PhaseInput,
    { output }: Pick<PhaseListener, 'output'>,
  ): Promise<PhaseOutcome> =>
    questions.phase(
      createPhaseExchange({
        input,
        outputBytes: spec.limits.outputBytes,
        onOutput: output,
        write: channel.write,
      }),
    )

  const beIdle = (): void => {
    if (!questions.areNone()) throw new Error('a phase, a collection or a reset is under way already')
  }

  const phase: PhaseRunner['phase'] = async (spec, stdin, listener) => {
    if (fault !== null) return E.left(fault)
    if (stdinWindow === null) await hello.promise
    beIdle()
    const input = inputOf(stdin, listener)
    const said = Buffer.concat(opening(spec, input))
    const outcome = askForPhase(spec, input, listener)
    channel.write(said)
    return outcome
  }

  const reset: PhaseRunner['reset'] = async uid => {
    if (fault !== null) return E.left(fault)
    beIdle()
    const outcome = questions.reset(uid)
    channel.write(resetFrame(uid))
    return outcome
  }

  const faultOfBoth = (cause: RunnerFault): AskedTogether => ({
    clean: Promise.resolve(E.left(cause)),
    ended: Promise.resolve(E.left(cause)),
  })

  const inOnePiece = (stdin: Uint8Array): PhaseInput => {
    if (stdin.length > (stdinWindow ?? 0)) throw new Error('more stdin than the runner has room for')
    return givenInput(stdin)
  }

  const phaseAndReset: PhaseRunner['phaseAndReset'] = ({ uid, phase, stdin }, listener) => {
    if (fault !== null) return faultOfBoth(fault)
    beIdle()
    const input = inOnePiece(stdin)
    const said = Buffer.concat([...opening(phase, input), resetFrame(uid)])
    const ended = askForPhase(phase, input, listener)
    const clean = questions.reset(uid)
    channel.write(said)
    return { clean, ended }
  }

  const follow: PhaseRunner['follow'] = (next, listener) => {
    if (fault !== null) return faultOfBoth(fault)
    const input = inOnePiece(next.stdin)
    const said = Buffer.concat([resetFrame(next.uid), ...keptFiles(next.files), ...opening(next.phase, input)])
    const outcomes = { clean: questions.reset(next.uid), ended: askForPhase(next.phase, input, listener) }
    channel.write(said)
    return outcomes
  }

  const collect: PhaseRunner['collect'] = async wanted => {
    if (fault !== null) return E.left(fault)
    beIdle()
    const outcome = questions.collection(wanted)
    channel.write(collectFrame(wanted))
    return outcome
  }

  return { ready: hello.promise, send: channel.write, phase, collect, reset, phaseAndReset, follow }
}
