import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
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
  const answers = chunks.map(reader)
  const fault = answers.find(E.isLeft)?.left ?? null
  return { stdout: Buffer.concat(read.stdout), stderr: Buffer.concat(read.stderr), fault, answers }
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

const nothing = Buffer.alloc(0)

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
        expect(read.fault).toBeNull()
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
  const plain = Buffer.from('plain text, as a terminal would send it')

  it('refuses to guess, and hands nothing on', () => {
    expect(collect([plain])).toMatchObject({
      fault: expect.stringContaining('not a multiplexed stream'),
      stdout: nothing,
    })
  })

  it('stays at fault, whatever follows', () => {
    const { answers, stdout } = collect([plain, encode({ stream: 'stdout', bytes: Uint8Array.of(120) })])
    expect(answers.map(({ _tag }) => _tag)).toEqual(['Left', 'Left'])
    expect(stdout).toEqual(nothing)
  })

  it('is not misled by a first byte that would do', () => {
    expect(collect([Buffer.from([1, 0, 7, 0, 0, 0, 0, 1, 120])]).fault).toContain('0100070000000001')
  })
})

describe('given any bytes after frames', () => {
  it('they are read or refused, the same for every cut, and no more is handed on than came', () => {
    void fc.assert(
      fc.property(frames, fc.uint8Array({ maxLength: 100 }), fc.array(fc.nat(17)), (all, junk, sizes) => {
        const bytes = Buffer.concat([...all.map(encode), junk])
        const { answers: _whole, ...whole } = collect([bytes])
        const { answers: _pieces, ...pieces } = collect(cut(bytes, sizes))
        expect(pieces).toEqual(whole)
        expect(whole.stdout.length + whole.stderr.length).toBeLessThanOrEqual(bytes.length)
      }),
    )
  })
})
