import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Dialogue, Output } from '../sandbox.ts'
import { openRunnerSession } from './runner-session.ts'
import { phase } from './test-phase.ts'

const frame = (type: number, payload: Uint8Array): Buffer => {
  const header = Buffer.alloc(5)
  header.writeUInt8(type)
  header.writeUInt32BE(payload.length, 1)
  return Buffer.concat([header, payload])
}

const hello = frame(0x81, Uint8Array.from([0, 6, 0, 4, 0, 0]))
const payload = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** Frames of every kind, most of them out of turn or with sums that do not add up, and bytes that are no frame at all. */
const said = fc.oneof(
  { weight: 4, arbitrary: fc.uint8Array({ minLength: 5, maxLength: 60 }).map(bytes => frame(0x83, bytes)) },
  fc.constant(hello),
  fc.constant(frame(0x82, new Uint8Array())),
  fc.constantFrom(0xe0, 0xe1).map(type => frame(type, new Uint8Array())),
  payload(4).map(bytes => frame(0x85, bytes)),
  fc.constant(frame(0x86, new Uint8Array(73))),
  payload(73).map(bytes => frame(0x86, bytes)),
  fc.uint8Array({ maxLength: 20 }).map(bytes => frame(0x87, bytes)),
  fc
    .tuple(fc.constantFrom(0xc6, 0xc7, 0xc8, 0xc9), fc.uint8Array({ maxLength: 20 }))
    .map(([type, bytes]) => frame(type, bytes)),
  fc.uint8Array({ maxLength: 20 }).map(bytes => Buffer.from(bytes)),
)

const conversation = fc.record({
  all: fc.array(said, { maxLength: 30 }),
  pieceSize: fc.integer({ min: 1, max: 80 }),
})

const outputBytes = 100

/** Tells a session that has asked for a run, and talks to it, all of it in pieces of that size, and then hangs up. */
const sessionThatHears = async (bytes: Buffer, pieceSize: number, talks = true) => {
  const outputs: Output[] = []
  const answers: Array<Promise<unknown>> = []
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
  const dialogue = ({ write, signal, end }: Dialogue) => {
    answers.push(write(new Uint8Array(300))(), write(new Uint8Array(1))(), signal('SIGINT')(), end()())
  }
  const listener = {
    compiled: () => undefined,
    output: (output: Output) => void outputs.push(output),
    ...(talks ? { dialogue } : {}),
  }
  const outcome = session.run({ files: [], stdin, ...run }, listener)
  heard.data(hello)
  await session.ready
  for (let at = 0; at < bytes.length; at += pieceSize) heard.data(bytes.subarray(at, at + pieceSize))
  heard.close('hung up')
  return { outcome: await outcome, outputs, sent, answers: await Promise.all(answers) }
}

describe('given a runner that says anything', () => {
  it('the run ends with an answer, and nothing grows beyond its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, fc.boolean(), async ({ all, pieceSize }, talks) => {
        const { outcome, outputs, sent, answers } = await sessionThatHears(Buffer.concat(all), pieceSize, talks)
        expect(outcome._tag).toMatch(/^(Left|Right)$/)
        expect(outputs.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(2 * outputBytes)
        expect(sent).toBeLessThan(2_000)
        expect(answers.length % 4).toBe(0)
      }),
    )
  })

  it('the answer is the same however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async ({ all, pieceSize }) => {
        const bytes = Buffer.concat(all)
        const whole = await sessionThatHears(bytes, Math.max(1, bytes.length))
        const pieces = await sessionThatHears(bytes, pieceSize)
        expect(pieces.outcome._tag).toBe(whole.outcome._tag)
        expect(pieces.answers).toEqual(whole.answers)
      }),
    )
  })
})
