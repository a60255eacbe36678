import { stdinEndFrame, stdinFrames } from './host-frames.ts'
import type { PhaseInput } from './phase-input.ts'

/** A program's stdin that is known from the start, as frames, never more than the runner has room for. */
export const givenInput = (stdin: Uint8Array): PhaseInput => {
  let sent = 0
  let ended = false

  const grant = (credit: number): ReadonlyArray<Uint8Array> => {
    if (ended) return []
    const frames = stdinFrames(stdin.subarray(sent, sent + credit))
    sent = Math.min(stdin.length, sent + credit)
    ended = sent === stdin.length
    return ended ? [...frames, stdinEndFrame] : frames
  }

  return {
    grant,
    started: () => undefined,
    stdinClosed: () => undefined,
    signalSent: () => false,
    close: () => undefined,
  }
}
