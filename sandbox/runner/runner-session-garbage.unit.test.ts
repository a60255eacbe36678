import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Output } from '../sandbox.ts'
import { openRunnerSession } from './runner-session.ts'
import { phase } from './test-phase.ts'

const frame = (type: number, payload: Uint8Array): Buffer => {
  const header = Buffer.alloc(5)
  header.writeUInt8(type)
  header.writeUInt32BE(payload.length, 1)
  return Buffer.concat([header, payload])
}

const hello = frame(0x81, Uint8Array.from([0, 3, 0, 4, 0, 0]))
const payload = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** Frames of every kind, most of them out of turn or with sums that do not add up, and bytes that are no frame at all. */
const said = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ minLength: 5, maxLength: 60 }).map(bytes => frame(0x83, bytes)) },
  fc.constant(hello),
  fc.constant(frame(0x82, new Uint8Array())),
  payload(4).map(bytes => frame(0x85, bytes)),
  fc.constant(frame(0x86, new Uint8Array(61))),
  payload(61).map(bytes => frame(0x86, bytes)),
  fc.uint8Array({ maxLength: 20 }).map(bytes => frame(0x87, bytes)),
  fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)),
)

const outputBytes = 100

/** Tells a session that has asked for a run all of it, in pieces of that size, and then hangs up. */
const sessionThatHears = async (bytes: Buffer, pieceSize: number) => {
  const outputs: Output[] = []
  const heard = { data: (_bytes: Buffer) => {}, close: (_cause: string) => {} }
  let sent = 0
  const session = openRunnerSession({
    write: written => {
      sent += written.length
    },
    end: () => undefined,
    onData: listener => {
      heard.data = listener
    },
    onClose: listener => {
      heard.close = listener
    },
  })
  const run = { compile: null, run: phase(['true'], { outputBytes }), betweenPhases: async () => undefined }
  const stdin = new Uint8Array(1_000)
  const listener = { compiled: () => undefined, output: (output: Output) => void outputs.push(output) }
  const outcome = session.run({ files: [], stdin, ...run }, listener)
  heard.data(hello)
  await session.ready
  for (let at = 0; at < bytes.length; at += pieceSize) heard.data(bytes.subarray(at, at + pieceSize))
  heard.close('hung up')
  return { outcome: await outcome, outputs, sent }
}

describe('given a runner that says anything', () => {
  it('the run ends with an answer, and nothing grows beyond its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 30 }), fc.integer({ min: 1, max: 80 }), async (all, pieceSize) => {
        const { outcome, outputs, sent } = await sessionThatHears(Buffer.concat(all), pieceSize)
        expect(outcome._tag).toMatch(/^(Left|Right)$/)
        expect(outputs.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(2 * outputBytes)
        expect(sent).toBeLessThan(2_000)
      }),
    )
  })

  it('the answer is the same however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 30 }), fc.integer({ min: 1, max: 80 }), async (all, pieceSize) => {
        const bytes = Buffer.concat(all)
        const whole = await sessionThatHears(bytes, Math.max(1, bytes.length))
        const pieces = await sessionThatHears(bytes, pieceSize)
        expect(pieces.outcome._tag).toBe(whole.outcome._tag)
      }),
    )
  })
})
