import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameParser } from './frame-parser.ts'

const frame = (type: number, payload: Uint8Array): Buffer => {
  const header = Buffer.alloc(5)
  header.writeUInt8(type, 0)
  header.writeUInt32BE(payload.length, 1)
  return Buffer.concat([header, payload])
}

const data = fc.uint8Array({ minLength: 5, maxLength: 300 })
const result = fc.uint8Array({ minLength: 73, maxLength: 73 }).map(bytes => {
  const payload = Buffer.from(bytes)
  for (const [at, values] of [
    [0, 3],
    [5, 5],
    [30, 3],
    [45, 2],
    [52, 2],
  ] as const)
    payload.writeUInt8(payload.readUInt8(at) % values, at)
  const cpu = payload.readBigUInt64BE(14)
  payload.writeBigUInt64BE(payload.readBigUInt64BE(53) % (cpu + 1n), 53)
  return payload
})
const wellFormed = fc.oneof(
  fc.uint8Array({ minLength: 6, maxLength: 6 }).map(payload => frame(0x81, payload)),
  fc.constantFrom(0x82, 0xe0, 0xe1).map(type => frame(type, new Uint8Array())),
  fc.tuple(fc.constantFrom(0x83, 0x84), data).map(([type, payload]) => frame(type, payload)),
  fc.uint8Array({ minLength: 4, maxLength: 4 }).map(payload => frame(0x85, payload)),
  result.map(payload => frame(0x86, payload)),
  fc.string({ maxLength: 40 }).map(message => frame(0x87, Buffer.from(message))),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map(proof => frame(0x88, proof)),
  fc.uint8Array({ minLength: 1, maxLength: 40 }).map(path => frame(0xc6, Buffer.concat([Buffer.alloc(8, 0), path]))),
  fc.uint8Array({ minLength: 1, maxLength: 300 }).map(bytes => frame(0xc7, bytes)),
  fc.integer({ min: 2, max: 7 }).map(why => frame(0xc8, Buffer.of(why, 0x61))),
  fc.boolean().map(late => frame(0xc9, Buffer.concat([Buffer.alloc(16), Buffer.of(Number(late))]))),
)

const split = (bytes: Buffer, cuts: ReadonlyArray<number>): ReadonlyArray<Buffer> => {
  const at = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return at.slice(1).map((end, i) => bytes.subarray(at[i], end))
}

const parse = (pieces: ReadonlyArray<Buffer>) => {
  const parser = createFrameParser()
  const parsed = pieces.map(parser.push)
  return { frames: parsed.flatMap(({ frames }) => frames), fault: parsed.at(-1)?.fault ?? null }
}

describe('the frame parser', () => {
  it('reads the same frames however they are cut', () => {
    void fc.assert(
      fc.property(fc.array(wellFormed, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 30 }), (frames, cuts) => {
        const bytes = Buffer.concat(frames)
        const whole = parse([bytes])
        expect(whole).toMatchObject({ fault: null, frames: { length: frames.length } })
        expect(parse(split(bytes, cuts))).toEqual(whole)
      }),
    )
  })

  it('answers any bytes with frames or a fault, the same for every cut', () => {
    void fc.assert(
      fc.property(
        fc.array(wellFormed, { maxLength: 3 }),
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        (before, junk, cut) => {
          const bytes = Buffer.concat([...before, junk])
          expect(parse(split(bytes, [cut]))).toEqual(parse([bytes]))
        },
      ),
    )
  })

  it.each([
    ['an unknown type', [0x7f, 0, 0, 0, 0]],
    ['more data than a frame holds', [0x83, 0, 1, 0, 5]],
    ['data without a byte', [0x83, 0, 0, 0, 4]],
    ['a hello too long', [0x81, 0, 0, 0, 7]],
    ['a short result', [0x86, 0, 0, 0, 72]],
    ['a closed stdin with words', [0xe0, 0, 0, 0, 1]],
    ['a sent signal with words', [0xe1, 0, 0, 0, 1]],
    ['a file without a name', [0xc6, 0, 0, 0, 8]],
    ['a path too long', [0xc8, 0, 0, 4, 1]],
  ])('refuses %s as soon as its header is there', (_, bytes) => {
    expect(parse([Buffer.from(bytes)])).toMatchObject({ fault: { _tag: 'RunnerFault' } })
  })

  it('refuses a result that says what the protocol does not know', () => {
    void fc.assert(
      fc.property(result, fc.constantFrom(0, 5, 30, 45, 52), fc.integer({ min: 5, max: 255 }), (payload, at, value) => {
        const strange = Buffer.from(payload)
        strange.writeUInt8(value, at)
        expect(parse([frame(0x86, strange)]).fault).not.toBeNull()
      }),
    )
  })

  it('refuses a result with more user CPU than there was in all', () => {
    const strange = Buffer.alloc(73)
    strange.writeBigUInt64BE(7n, 14)
    strange.writeBigUInt64BE(8n, 53)
    expect(parse([frame(0x86, strange)]).fault).not.toBeNull()
  })

  it.each([
    ['a file larger than numbers go', 0xc6, [0, 32, 0, 0, 0, 0, 0, 0, 0x61]],
    ['no reason to leave a file out', 0xc8, [0, 0x61]],
    ['a reason that is given no more', 0xc8, [1, 0x61]],
    ['a reason nobody knows', 0xc8, [8, 0x61]],
    ['neither late nor not', 0xc9, [...Array.from({ length: 16 }, () => 0), 2]],
  ])('refuses %s', (_, type, payload) => {
    expect(parse([frame(type, Buffer.from(payload))]).fault).not.toBeNull()
  })

  it('stays at fault', () => {
    const parser = createFrameParser()
    parser.push(Buffer.from([0x7f, 0, 0, 0, 0]))
    expect(parser.push(frame(0x82, new Uint8Array()))).toMatchObject({ frames: [], fault: { _tag: 'RunnerFault' } })
  })

  it('takes a hundred thousand small frames in one piece', () => {
    const bytes = Buffer.concat(Array.from({ length: 100_000 }, () => frame(0x83, Buffer.from('at  x'))))
    expect(parse([bytes])).toMatchObject({ frames: { length: 100_000 } })
  })
})
