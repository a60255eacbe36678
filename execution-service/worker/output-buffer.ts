import type { Output, StreamName } from '@runledger/sandbox/sandbox.ts'
import type { RecordOutput } from '@runledger/shared-kernel/submission/submission-command.ts'

type Chunk = RecordOutput['chunks'][number]

/** 48 KiB are 64 KiB of base64: what one OutputChunk may hold. */
export const chunkBytes = 48 * 1024
const piecesBeforeMerge = 1024

type Segment = { stream: StreamName; offset: number; at: number; size: number; pieces: Array<Uint8Array> }

/** What a program wrote and the log does not hold yet, gathered per stream into chunks of at most 48 KiB. */
export type OutputBuffer = Readonly<{
  add: (output: Output) => void
  /** Bytes held. */
  size: () => number
  /** Takes the oldest chunks out, at most `bytes` of them but at least one where there is any. */
  take: (bytes: number) => ReadonlyArray<Chunk>
}>

export const createOutputBuffer = (): OutputBuffer => {
  let segments: Array<Segment> = []
  let held = 0

  const add = ({ stream, offset, at, bytes }: Output): void => {
    for (let from = 0; from < bytes.length; ) {
      const segment = openSegment(segments, { stream, offset: offset + from, at })
      const piece = bytes.slice(from, from + chunkBytes - segment.size)
      append(segment, piece)
      from += piece.length
      held += piece.length
    }
  }

  const take = (bytes: number): ReadonlyArray<Chunk> => {
    const count = countWithin(segments, bytes)
    const taken = segments.slice(0, count)
    segments = segments.slice(count)
    held -= taken.reduce((sum, { size }) => sum + size, 0)
    return taken.map(chunkOf)
  }

  return { add, size: () => held, take }
}

const openSegment = (segments: Array<Segment>, start: Pick<Segment, 'stream' | 'offset' | 'at'>): Segment => {
  const last = segments.findLast(({ stream }) => stream === start.stream)
  if (last !== undefined && last.size < chunkBytes) return last
  const fresh = { ...start, size: 0, pieces: [] }
  segments.push(fresh)
  return fresh
}

// A program may write byte by byte, and an array of a million one-byte pieces weighs far more than what it holds.
const append = (segment: Segment, piece: Uint8Array): void => {
  segment.pieces.push(piece)
  segment.size += piece.length
  if (segment.pieces.length >= piecesBeforeMerge) segment.pieces = [Buffer.concat(segment.pieces)]
}

const countWithin = (segments: ReadonlyArray<Segment>, bytes: number): number => {
  let sum = 0
  const beyond = segments.findIndex(({ size }) => {
    sum += size
    return sum > bytes
  })
  return beyond === -1 ? segments.length : Math.max(1, beyond)
}

const chunkOf = ({ stream, offset, at, pieces }: Segment): Chunk => ({
  phase: 'run',
  stream,
  offset,
  bytes: Buffer.concat(pieces).toString('base64'),
  at: Math.round(at),
})
