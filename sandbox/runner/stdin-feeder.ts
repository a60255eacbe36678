import { stdinEndFrame, stdinFrames } from './host-frames.ts'

/** Hands out a program's stdin as frames, never more than the runner has room for. */
export type StdinFeeder = Readonly<{ grant: (credit: number) => ReadonlyArray<Uint8Array> }>

export const createStdinFeeder = (stdin: Uint8Array): StdinFeeder => {
  let sent = 0
  let ended = false

  const grant = (credit: number): ReadonlyArray<Uint8Array> => {
    if (ended) return []
    const frames = stdinFrames(stdin.subarray(sent, sent + credit))
    sent = Math.min(stdin.length, sent + credit)
    ended = sent === stdin.length
    return ended ? [...frames, stdinEndFrame] : frames
  }

  return { grant }
}
