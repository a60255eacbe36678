import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstDifference } from './first-difference.ts'

const between = (original: string | Uint8Array, replay: string | Uint8Array) =>
  firstDifference(Buffer.from(original), Buffer.from(replay))

const text = (content: string) => ({ content, encoding: 'utf8' })

describe('given two outputs', () => {
  it('tells nothing of what is the same', () => {
    expect(between('', '')).toBeNull()
    expect(between('same\n', 'same\n')).toBeNull()
  })

  it('shows from where they part', () => {
    expect(between('a = 1\n', 'a = 2\n')).toStrictEqual({ offset: 4, original: text('1\n'), replay: text('2\n') })
  })

  it('shows that one ends before the other', () => {
    expect(between('ab', 'abc')).toStrictEqual({ offset: 2, original: text(''), replay: text('c') })
    expect(between('abc', '')).toStrictEqual({ offset: 0, original: text('abc'), replay: text('') })
  })

  it('begins at the character that differs, not within it', () => {
    expect(between('x é', 'x è')).toStrictEqual({ offset: 2, original: text('é'), replay: text('è') })
    expect(between('😀', '😁')).toStrictEqual({ offset: 0, original: text('😀'), replay: text('😁') })
  })

  it('ends a long excerpt with a whole character', () => {
    const long = `x${'é'.repeat(100)}`
    expect(between(long, 'y')?.original).toStrictEqual(text(`x${'é'.repeat(31)}`))
  })

  it('shows bytes that are no text as base64', () => {
    expect(between(Uint8Array.of(1, 0xff, 0xfe), Uint8Array.of(1, 0x80))).toStrictEqual({
      offset: 1,
      original: { content: btoa('\xff\xfe'), encoding: 'base64' },
      replay: { content: btoa('\x80'), encoding: 'base64' },
    })
  })

  it('is right about any', async () => {
    const bytes = fc.uint8Array({ maxLength: 200 })
    await fc.assert(
      fc.property(bytes, bytes, bytes, (head, one, other) => {
        const [original, replay] = [Buffer.concat([head, one]), Buffer.concat([head, other])]
        const difference = firstDifference(original, replay)
        expect(difference === null).toBe(original.equals(replay))
        if (difference === null) return
        const { offset } = difference
        expect(original.subarray(0, offset)).toStrictEqual(replay.subarray(0, offset))
        expect(original.subarray(offset)).not.toStrictEqual(replay.subarray(offset))
        for (const [whole, excerpt] of [
          [original, difference.original],
          [replay, difference.replay],
        ] as const) {
          const shown = decodeBytes(excerpt)
          expect(whole.subarray(offset, offset + shown.length)).toStrictEqual(shown)
          expect(shown.length >= Math.min(61, whole.length - offset)).toBe(true)
        }
        expect(decodeBytes(difference.original)).not.toStrictEqual(decodeBytes(difference.replay))
      }),
    )
  })
})
