import * as E from 'fp-ts/lib/Either.js'
import type { Output } from '../sandbox.ts'
import { type CleanProof, doubtIn } from './clean-proof.ts'
import { createFrameParser, type RunnerFrame } from './frame-parser.ts'
import { phaseFrame, resetFrame, startFrame } from './host-frames.ts'
import { createPhaseExchange, type PhaseExchange } from './phase-exchange.ts'
import type { PhaseResult } from './phase-result.ts'
import type { PhaseSpec } from './phase-spec.ts'
import type { RunnerChannel } from './runner-channel.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'
import { createStdinFeeder } from './stdin-feeder.ts'

const PROTOCOL_VERSION = 3

type PhaseOutcome = E.Either<RunnerFault, PhaseResult>
type Underway = Readonly<{ exchange: PhaseExchange; settle: (outcome: PhaseOutcome) => void }>
type ResetOutcome = E.Either<RunnerFault, CleanProof>
type Resetting = Readonly<{ uid: number; settle: (outcome: ResetOutcome) => void }>

/** Speaks the protocol: one phase after another over one channel. The first fault ends it for good. */
export type PhaseRunner = Readonly<{
  ready: Promise<void>
  send: (frame: Uint8Array) => void
  phase: (spec: PhaseSpec, stdin: Uint8Array, onOutput: (output: Output) => void) => Promise<PhaseOutcome>
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

  const settle = (outcome: PhaseOutcome): void => {
    const settled = underway
    underway = null
    settled?.settle(outcome)
  }

  const settleReset = (outcome: ResetOutcome): void => {
    const settled = resetting
    resetting = null
    settled?.settle(outcome)
  }

  const fail = (cause: RunnerFault): void => {
    if (fault !== null) return
    fault = cause
    hello.reject(new Error(cause.message))
    settle(E.left(cause))
    settleReset(E.left(cause))
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

  const takeInPhase = (frame: RunnerFrame): void => {
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

  const take = (frame: RunnerFrame): void => {
    if (fault !== null) return
    if (frame._tag === 'Hello') greet(frame)
    else if (frame._tag === 'Error') fail(runnerFault(`runner: ${frame.message}`))
    else if (frame._tag === 'Clean') takeProof(frame.proof)
    else takeInPhase(frame)
  }

  channel.onData(bytes => {
    const { frames, fault: malformed } = parser.push(bytes)
    frames.forEach(take)
    if (malformed !== null) fail(malformed)
  })
  channel.onClose(cause => fail(runnerFault(`connection to the runner closed: ${cause}`)))

  const start = (spec: PhaseSpec, input: Uint8Array, onOutput: (output: Output) => void): Promise<PhaseOutcome> => {
    const { promise, resolve } = Promise.withResolvers<PhaseOutcome>()
    const stdin = createStdinFeeder(input)
    const exchange = createPhaseExchange({
      stdin,
      outputBytes: spec.limits.outputBytes,
      onOutput,
      write: channel.write,
    })
    const opening = Buffer.concat([phaseFrame(spec), ...stdin.grant(stdinWindow ?? 0), startFrame])
    underway = { exchange, settle: resolve }
    channel.write(opening)
    return promise
  }

  const phase: PhaseRunner['phase'] = async (spec, stdin, onOutput) => {
    if (fault !== null) return E.left(fault)
    if (stdinWindow === null) await hello.promise
    if (underway !== null || resetting !== null) throw new Error('a phase or a reset is under way already')
    return start(spec, stdin, onOutput)
  }

  const reset: PhaseRunner['reset'] = async uid => {
    if (fault !== null) return E.left(fault)
    if (underway !== null || resetting !== null) throw new Error('a phase or a reset is under way already')
    const { promise, resolve } = Promise.withResolvers<ResetOutcome>()
    resetting = { uid, settle: resolve }
    channel.write(resetFrame(uid))
    return promise
  }

  return { ready: hello.promise, send: channel.write, phase, reset }
}
