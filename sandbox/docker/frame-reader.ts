import * as E from 'fp-ts/lib/Either.js'

export type FrameSink = Readonly<{
  stdout: (bytes: Buffer) => void
  stderr: (bytes: Buffer) => void
}>

/** Takes the next bytes of the stream. Left: it is not multiplexed, so nothing after can be trusted, and nothing is read. */
export type FrameReader = (chunk: Buffer) => E.Either<string, void>

const headerBytes = 8
const stdoutStream = 1
const stderrStream = 2

/**
 * Reads Docker's multiplexed attach stream: a header (stream, three zero bytes, big-endian length), then that many bytes.
 * Payload is handed on as it comes, without copying; only a header split over chunks is put together.
 */
export const createFrameReader = (sink: FrameSink): FrameReader => {
  const header = Buffer.alloc(headerBytes)
  let headerFilled = 0
  let payloadLeft = 0
  let hand = sink.stdout
  let fault: string | null = null

  const beginFrame = () => {
    const stream = header.readUInt32LE(0)
    if (stream !== stdoutStream && stream !== stderrStream)
      fault = `not a multiplexed stream: ${header.toString('hex')}`
    hand = stream === stdoutStream ? sink.stdout : sink.stderr
    payloadLeft = header.readUInt32BE(4)
    headerFilled = 0
  }

  const takeHeader = (chunk: Buffer, from: number): number => {
    const taken = Math.min(headerBytes - headerFilled, chunk.length - from)
    chunk.copy(header, headerFilled, from, from + taken)
    headerFilled += taken
    if (headerFilled === headerBytes) beginFrame()
    return from + taken
  }

  const takePayload = (chunk: Buffer, from: number): number => {
    const taken = Math.min(payloadLeft, chunk.length - from)
    payloadLeft -= taken
    hand(chunk.subarray(from, from + taken))
    return from + taken
  }

  return chunk => {
    for (let at = 0; at < chunk.length && fault === null; )
      at = payloadLeft > 0 ? takePayload(chunk, at) : takeHeader(chunk, at)
    return fault === null ? E.right(undefined) : E.left(fault)
  }
}
