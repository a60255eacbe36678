import * as E from 'fp-ts/lib/Either.js'
import type { Output, StreamName } from '../sandbox.ts'
import type { CollectFrame } from './collect-frames.ts'
import type { RunnerFrame } from './frame-parser.ts'
import type { PhaseInput } from './phase-input.ts'
import type { PhaseResult } from './phase-result.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

export type PhaseExchange = Readonly<{
  /** Takes one frame of this phase; null: it belongs to no phase. */
  take: (frame: Exclude<RunnerFrame, CollectFrame>) => E.Either<RunnerFault, PhaseResult | null>
  /** Nothing more is given to the program. */
  close: () => void
}>

type ExchangeParts = Readonly<{
  input: PhaseInput
  outputBytes: number
  onOutput: (output: Output) => void
  write: (frame: Uint8Array) => void
}>

const going = E.right(null)
const violated = (what: string): E.Either<RunnerFault, never> => E.left(runnerFault(`protocol violated: ${what}`))

/** The host's side of one phase that was started: relays output, feeds its input, checks the runner's sums. */
export const createPhaseExchange = ({ input, outputBytes, onOutput, write }: ExchangeParts): PhaseExchange => {
  let hasStarted = false
  const received: Record<StreamName, number> = { stdout: 0, stderr: 0 }

  const start = () => {
    if (hasStarted) return violated('a second start')
    hasStarted = true
    input.started()
    return going
  }

  const relay = ({ stream, at, bytes }: Extract<RunnerFrame, { _tag: 'Output' }>) => {
    const offset = received[stream]
    received[stream] += bytes.length
    if (received[stream] > outputBytes) return violated(`more ${stream} than its limit`)
    onOutput({ stream, offset, bytes, at })
    return going
  }

  const conclude = (result: PhaseResult) =>
    result.stdout.bytes === received.stdout && result.stderr.bytes === received.stderr
      ? E.right(result)
      : violated('output lost on the way')

  const take = (frame: Exclude<RunnerFrame, CollectFrame>): E.Either<RunnerFault, PhaseResult | null> => {
    switch (frame._tag) {
      case 'Started':
        return start()
      case 'Output':
        return relay(frame)
      case 'StdinCredit':
        input.grant(frame.bytes).forEach(write)
        return going
      case 'StdinClosed':
        input.stdinClosed()
        return going
      case 'SignalSent':
        return input.signalSent() ? going : violated('a signal nobody sent')
      case 'Result':
        return conclude(frame.result)
      case 'Hello':
      case 'Error':
      case 'Clean':
        return violated(`${frame._tag} within a phase`)
    }
  }

  return { take, close: input.close }
}
