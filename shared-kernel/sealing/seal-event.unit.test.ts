import { randomBytes, randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { domainEvent } from '../domain-events/domain-event.ts'
import { overCap } from '../event-log/size-caps.ts'
import {
  chunk,
  compiled,
  fileChunk,
  filesCollected,
  received,
  submission,
  tested,
  wrote,
} from '../submission/test-support/events.ts'
import { encodeBytes } from '../types/encoded-bytes.ts'
import { isPlainContent, isSealedContent, openEvent, type PlainContent, sealEvent } from './seal-event.ts'

const key = randomBytes(32)
const place = { stream: 'submission-a', id: randomUUID() }

const compiledTo = (output: Uint8Array): PlainContent => ({
  ...compiled(1),
  data: { ...compiled(1).data, output: encodeBytes(output) },
})

const wroteBytes = (bytes: Uint8Array): PlainContent =>
  wrote(1, { ...chunk('stdout', 0, ''), bytes: Buffer.from(bytes).toString('base64') })

describe('given an event with content', () => {
  it.each([
    ['SubmissionReceived', received],
    ['CompilationCompleted', compiledTo(Buffer.from('warning: café\n'))],
    ['OutputChunk', wroteBytes(Buffer.from([0, 255, 10]))],
    ['TestCaseCompleted', tested(1, 0)],
    ['OutputFilesCollected', filesCollected(1, 3, 0)],
    ['OutputFileChunk', fileChunk(1, 1, 2, 'part')],
  ])('opens the %s that was sealed', (_, event) => {
    const sealed = sealEvent(key, place, event)
    expect(isSealedContent(sealed) && domainEvent.is(sealed)).toBe(true)
    expect(isPlainContent(sealed)).toBe(false)
    expect(openEvent(key, place, sealed)).toStrictEqual(event)
  })

  it('opens whatever bytes were written, to the byte', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), bytes => {
        for (const event of [wroteBytes(bytes), compiledTo(bytes)]) {
          expect(openEvent(key, place, sealEvent(key, place, event))).toStrictEqual(event)
        }
      }),
    ))

  it('shows nothing of files, input and arguments, and all that is no secret', () => {
    const secret = 'marker-of-content'
    const data = {
      ...submission,
      files: [{ name: `${secret}.py`, content: secret, encoding: 'utf8' as const }],
      entry: `${secret}.py`,
      stdin: { content: secret, encoding: 'utf8' as const },
      args: [secret],
      outputs: [secret],
      tests: {
        cases: [
          {
            ...{ name: secret, stdin: { content: secret, encoding: 'utf8' as const }, args: [secret] },
            expectedOutput: { content: secret, encoding: 'utf8' as const },
          },
        ],
        comparison: { mode: 'trimmed' as const },
        stopOnFirstFailure: false,
      },
    }
    const sealed = sealEvent(key, place, { ...received, data })
    expect(JSON.stringify(sealed)).not.toContain(secret)
    const { language, limits, replayOf } = submission
    expect(sealed.data).toMatchObject({ language, limits, replayOf })
  })

  it('shows nothing of the files of a program but how large they are', () => {
    const secret = 'marker-of-content'
    const { data } = filesCollected(1, 3)
    const cut = [{ file: 0, size: 9 }]
    const named = { ...data, cut, paths: [secret], leftOut: [{ path: secret, reason: 'linked' as const }] }
    const sealed = sealEvent(key, place, { ...filesCollected(1, 3), data: named })
    expect(JSON.stringify(sealed)).not.toContain(secret)
    expect(sealed.data).toMatchObject({ sizes: [3], cut, leftOutInAll: 0 })
    expect(openEvent(key, place, sealed)).toStrictEqual({ ...filesCollected(1, 3), data: named })
    expect(sealEvent(key, place, fileChunk(1, 0, 4, 'abc')).data).toMatchObject({ file: 0, offset: 4, size: 3 })
  })

  it('seals under another IV each time', () => {
    const [one, other] = [sealEvent(key, place, received), sealEvent(key, place, received)]
    expect(one.data.sealed).not.toBe(other.data.sealed)
  })

  it('has room for 48 KiB of output, and for no more', () => {
    const full = sealEvent(key, place, wroteBytes(Buffer.alloc(48 * 1024, 7)))
    const over = sealEvent(key, place, wroteBytes(Buffer.alloc(48 * 1024 + 3, 7)))
    expect(overCap([full], [JSON.stringify(full)], '')).toBeNull()
    expect(overCap([over], [JSON.stringify(over)], '')).toMatchObject({ kind: 'too_large' })
  })
})

describe('given a seal', () => {
  const sealed = sealEvent(key, place, received)

  it('does not open with another key, nor in another place', () => {
    expect(openEvent(randomBytes(32), place, sealed)).toBeNull()
    expect(openEvent(key, { ...place, stream: 'submission-b' }, sealed)).toBeNull()
    expect(openEvent(key, { ...place, id: randomUUID() }, sealed)).toBeNull()
  })

  it('does not open where any of its bytes was changed, or where it was cut', () => {
    const bytes = Buffer.from(sealed.data.sealed, 'base64')
    const withText = (text: string) => ({ ...sealed, data: { ...sealed.data, sealed: text } }) as typeof sealed
    return fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(bytes)
        altered[at] = (altered[at] ?? 0) ^ change
        expect(openEvent(key, place, withText(altered.toString('base64')))).toBeNull()
        expect(openEvent(key, place, withText(bytes.subarray(0, at).toString('base64')))).toBeNull()
      }),
    )
  })
})
