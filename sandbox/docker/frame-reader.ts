export type FrameSink = Readonly<{
  stdout: (bytes: Buffer) => void
  stderr: (bytes: Buffer) => void
}>

const headerBytes = 8
const stdoutStream = 1
const stderrStream = 2

/**
 * Reads Docker's multiplexed attach stream: a header (stream, three zero bytes, big-endian length), then that many bytes.
 * Payload is handed on as it comes, without copying; only a header split over chunks is put together.
 * Throws when the stream is not multiplexed: nothing after such a header can be trusted.
 */
export const createFrameReader = (sink: FrameSink): ((chunk: Buffer) => void) => {
  const header = Buffer.alloc(headerBytes)
  let headerFilled = 0
  let payloadLeft = 0
  let hand = sink.stdout

  const beginFrame = () => {
    const stream = header[0]
    if (stream !== stdoutStream && stream !== stderrStream) throw new Error(`not a multiplexed stream: ${stream}`)
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
    let at = 0
    while (at < chunk.length) at = payloadLeft > 0 ? takePayload(chunk, at) : takeHeader(chunk, at)
  }
}
