import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameReader } from './frame-reader.ts'

type Frame = Readonly<{ stream: 'stdout' | 'stderr'; bytes: Uint8Array }>

const encode = ({ stream, bytes }: Frame): Buffer => {
  const header = Buffer.alloc(8)
  header[0] = stream === 'stdout' ? 1 : 2
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

const collect = (chunks: ReadonlyArray<Buffer>) => {
  const read: Record<Frame['stream'], Buffer[]> = { stdout: [], stderr: [] }
  const reader = createFrameReader({
    stdout: bytes => read.stdout.push(Buffer.from(bytes)),
    stderr: bytes => read.stderr.push(Buffer.from(bytes)),
  })
  for (const chunk of chunks) reader(chunk)
  return { stdout: Buffer.concat(read.stdout), stderr: Buffer.concat(read.stderr) }
}

const cut = (whole: Buffer, sizes: ReadonlyArray<number>): Buffer[] => {
  const chunks: Buffer[] = []
  let at = 0
  for (const size of sizes) {
    chunks.push(whole.subarray(at, at + size))
    at += size
  }
  return [...chunks, whole.subarray(at)]
}

const frames = fc.array(
  fc.record({ stream: fc.constantFrom('stdout' as const, 'stderr' as const), bytes: fc.uint8Array({ maxLength: 40 }) }),
)

const payloadOf = (all: ReadonlyArray<Frame>, stream: Frame['stream']) =>
  Buffer.concat(all.filter(frame => frame.stream === stream).map(frame => frame.bytes))

describe('given frames cut into any chunks', () => {
  it('each stream has its bytes, in order', async () => {
    await fc.assert(
      fc.property(frames, fc.array(fc.nat(17)), (all, sizes) => {
        const read = collect(cut(Buffer.concat(all.map(encode)), sizes))
        expect(read.stdout).toEqual(payloadOf(all, 'stdout'))
        expect(read.stderr).toEqual(payloadOf(all, 'stderr'))
      }),
    )
  })
})

describe('given a million frames of one byte in one chunk', () => {
  it('reads them within two seconds', () => {
    const one = encode({ stream: 'stdout', bytes: Uint8Array.of(120) })
    const chunk = Buffer.alloc(one.length * 1_000_000, one)
    const begun = performance.now()
    let bytes = 0
    createFrameReader({ stdout: payload => (bytes += payload.length), stderr: () => expect.unreachable() })(chunk)
    expect(bytes).toBe(1_000_000)
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})

describe('given a stream that is not multiplexed', () => {
  it('refuses to guess', () => {
    expect(() => collect([Buffer.from('plain text, as a terminal would send it')])).toThrow('not a multiplexed stream')
  })
})
