import * as E from 'fp-ts/lib/Either.js'
import type { CollectedFiles, FilesWanted, Output } from '../sandbox.ts'
import { type CleanProof, doubtIn } from './clean-proof.ts'
import { type CollectExchange, createCollectExchange } from './collect-exchange.ts'
import { type CollectFrame, collectFrame, isCollectFrame } from './collect-frames.ts'
import { type ClosableDialogue, dialogueInput } from './dialogue-input.ts'
import { createFrameParser, type RunnerFrame } from './frame-parser.ts'
import { givenInput } from './given-input.ts'
import { phaseFrame, resetFrame, startFrame } from './host-frames.ts'
import { createPhaseExchange, type PhaseExchange } from './phase-exchange.ts'
import type { PhaseInput } from './phase-input.ts'
import type { PhaseResult } from './phase-result.ts'
import type { PhaseSpec } from './phase-spec.ts'
import type { RunnerChannel } from './runner-channel.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

const PROTOCOL_VERSION = 3

type PhaseOutcome = E.Either<RunnerFault, PhaseResult>
type Underway = Readonly<{ exchange: PhaseExchange; settle: (outcome: PhaseOutcome) => void }>
type ResetOutcome = E.Either<RunnerFault, CleanProof>
type Resetting = Readonly<{ uid: number; settle: (outcome: ResetOutcome) => void }>
type CollectOutcome = E.Either<RunnerFault, CollectedFiles>
type Collecting = Readonly<{ exchange: CollectExchange; settle: (outcome: CollectOutcome) => void }>

type PhaseListener = Readonly<{
  output: (output: Output) => void
  /** Where it is given, stdin stays open. */
  dialogue?: (dialogue: ClosableDialogue) => void
}>

/** Speaks the protocol: one phase after another over one channel. The first fault ends it for good. */
export type PhaseRunner = Readonly<{
  ready: Promise<void>
  send: (frame: Uint8Array) => void
  phase: (spec: PhaseSpec, stdin: Uint8Array, listener: PhaseListener) => Promise<PhaseOutcome>
  /** Of what the phase before left, once it has ended. */
  collect: (wanted: FilesWanted) => Promise<CollectOutcome>
  /** Between two phases; any doubt is a fault. */
  reset: (uid: number) => Promise<ResetOutcome>
}>

export const openPhaseRunner = (channel: RunnerChannel): PhaseRunner => {
  const parser = createFrameParser()
  const hello = Promise.withResolvers<void>()
  // A fault before hello is told by `phase` as well: whoever does not await `ready` must not bring the process down.
  hello.promise.catch(() => undefined)
  let stdinWindow: number | null = null
  let fault: RunnerFault | null = null
  let underway: Underway | null = null
  let resetting: Resetting | null = null
  let collecting: Collecting | null = null

  const settle = (outcome: PhaseOutcome): void => {
    const settled = underway
    underway = null
    settled?.exchange.close()
    settled?.settle(outcome)
  }

  const settleReset = (outcome: ResetOutcome): void => {
    const settled = resetting
    resetting = null
    settled?.settle(outcome)
  }

  const settleCollection = (outcome: CollectOutcome): void => {
    const settled = collecting
    collecting = null
    settled?.settle(outcome)
  }

  const fail = (cause: RunnerFault): void => {
    if (fault !== null) return
    fault = cause
    hello.reject(new Error(cause.message))
    settle(E.left(cause))
    settleReset(E.left(cause))
    settleCollection(E.left(cause))
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

  const takeInPhase = (frame: Exclude<RunnerFrame, CollectFrame>): void => {
    const taken = underway?.exchange.take(frame)
    if (taken === undefined) fail(runnerFault(`protocol violated: ${frame._tag} outside of a phase`))
    else if (E.isLeft(taken)) fail(taken.left)
    else if (taken.right !== null) settle(E.right(taken.right))
  }

  const takeProof = (proof: CleanProof): void => {
    const doubt = resetting === null ? 'nobody asked' : doubtIn(proof, resetting.uid)
    if (doubt === null) settleReset(E.right(proof))
    else fail(runnerFault(`protocol violated: Clean, ${doubt}`))
  }

  const takeFile = (frame: CollectFrame): void => {
    const taken = collecting?.exchange.take(frame)
    if (taken === undefined) fail(runnerFault(`protocol violated: ${frame._tag}, nobody asked`))
    else if (E.isLeft(taken)) fail(taken.left)
    else if (taken.right !== null) settleCollection(E.right(taken.right))
  }

  const take = (frame: RunnerFrame): void => {
    if (fault !== null) return
    if (frame._tag === 'Hello') greet(frame)
    else if (frame._tag === 'Error') fail(runnerFault(`runner: ${frame.message}`))
    else if (frame._tag === 'Clean') takeProof(frame.proof)
    else if (isCollectFrame(frame)) takeFile(frame)
    else takeInPhase(frame)
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

  const start = (spec: PhaseSpec, input: PhaseInput, { output }: PhaseListener): Promise<PhaseOutcome> => {
    const { promise, resolve } = Promise.withResolvers<PhaseOutcome>()
    const exchange = createPhaseExchange({
      input,
      outputBytes: spec.limits.outputBytes,
      onOutput: output,
      write: channel.write,
    })
    const opening = Buffer.concat([phaseFrame(spec), ...input.grant(stdinWindow ?? 0), startFrame])
    underway = { exchange, settle: resolve }
    channel.write(opening)
    return promise
  }

  const beIdle = (): void => {
    if (underway !== null || resetting !== null || collecting !== null)
      throw new Error('a phase, a collection or a reset is under way already')
  }

  const phase: PhaseRunner['phase'] = async (spec, stdin, listener) => {
    if (fault !== null) return E.left(fault)
    if (stdinWindow === null) await hello.promise
    beIdle()
    return start(spec, inputOf(stdin, listener), listener)
  }

  const reset: PhaseRunner['reset'] = async uid => {
    if (fault !== null) return E.left(fault)
    beIdle()
    const { promise, resolve } = Promise.withResolvers<ResetOutcome>()
    resetting = { uid, settle: resolve }
    channel.write(resetFrame(uid))
    return promise
  }

  const collect: PhaseRunner['collect'] = async wanted => {
    if (fault !== null) return E.left(fault)
    beIdle()
    const { promise, resolve } = Promise.withResolvers<CollectOutcome>()
    collecting = { exchange: createCollectExchange(wanted), settle: resolve }
    channel.write(collectFrame(wanted))
    return promise
  }

  return { ready: hello.promise, send: channel.write, phase, collect, reset }
}
