import type { Output } from '../sandbox.ts'

/** Keeps what both streams of a compiler say, in order, up to `limit` bytes in all. */
export const collectCompileOutput = (limit: number) => {
  const kept: Uint8Array[] = []
  let room = limit
  let cut = false

  const add = ({ bytes }: Output): void => {
    const fitting = bytes.subarray(0, room)
    kept.push(fitting)
    room -= fitting.length
    cut ||= fitting.length < bytes.length
  }

  return { add, bytes: (): Uint8Array => Buffer.concat(kept), wasCut: (): boolean => cut }
}
