import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { createCollectExchange } from './collect-exchange.ts'
import type { CollectFrame } from './collect-frames.ts'

const limits = { files: 2, fileBytes: 10, totalBytes: 15 }

const found = (path: string | Buffer, size: number): CollectFrame => ({
  ...{ _tag: 'FileFound', path: Buffer.from(path), size },
})
const bytes = (text: string): CollectFrame => ({ _tag: 'FileBytes', bytes: Buffer.from(text) })
const left = (path: string): CollectFrame => ({ _tag: 'FileLeftOut', path, reason: 'linked' })
const sums = (files: number, size: number, leftOut = 0, isLate = false): CollectFrame => ({
  ...{ _tag: 'Collected', files, bytes: size, leftOut, isLate },
})

const answerTo = (frames: ReadonlyArray<CollectFrame>) => {
  const exchange = createCollectExchange({ limits })
  for (const frame of frames) {
    const taken = exchange.take(frame)
    if (E.isLeft(taken) || taken.right !== null) return taken
  }
  return null
}

describe('given a runner that sends files', () => {
  it('has them once all are there', () => {
    expect(answerTo([found('a', 3), bytes('x'), bytes('yz'), found('b', 0), left('c'), sums(2, 3, 7)])).toEqual(
      E.right({
        files: [
          { path: 'a', size: 3, content: Buffer.from('xyz') },
          { path: 'b', size: 0, content: Buffer.alloc(0) },
        ],
        leftOut: [{ path: 'c', reason: 'linked' }],
        leftOutInAll: 7,
      }),
    )
  })

  it('has the beginning of one that is larger than one may be', () => {
    expect(answerTo([found('a', 2 ** 40), bytes('0123456789'), sums(1, 10)])).toEqual(
      E.right({
        files: [{ path: 'a', size: 2 ** 40, content: Buffer.from('0123456789') }],
        leftOut: [],
        leftOutInAll: 0,
      }),
    )
  })

  it('leaves out those whose names are no text, and says where not everything was seen', () => {
    const name = Buffer.of(0x61, 0xff)
    expect(answerTo([found(name, 1), bytes('x'), sums(1, 1, 0, true)])).toEqual(
      E.right({
        files: [],
        leftOut: [
          { path: '.', reason: 'search_time' },
          { path: 'a\ufffd', reason: 'not_utf8' },
        ],
        leftOutInAll: 2,
      }),
    )
  })

  it.each<[string, ReadonlyArray<CollectFrame>]>([
    ['more of a file than its limit', [found('a', 11), bytes('0123456789'), bytes('x')]],
    ['less of a file than its limit', [found('a', 11), bytes('012345678'), sums(1, 9)]],
    ['more in all than the limit', [found('a', 10), bytes('0123456789'), found('b', 6)]],
    ['more files than the limit', [found('a', 0), found('b', 0), found('c', 0)]],
    ['files out of order', [found('b', 0), found('a', 0)]],
    ['one file twice', [found('a', 0), found('a', 0)]],
    ['more of a file than there is', [found('a', 1), bytes('xy')]],
    ['bytes of no file', [bytes('x')]],
    ['a file before the end of another', [found('a', 1), found('b', 0)]],
    ['less of a file than there is', [found('a', 2), bytes('x'), sums(1, 2)]],
    ['other sums', [found('a', 1), bytes('x'), sums(1, 2)]],
    ['fewer left out than told of', [left('a'), left('b'), sums(0, 0, 1)]],
    ['more left out than are told of', Array.from({ length: 101 }, (_, n) => left(String(n)))],
  ])('is at fault with %s', (_, frames) => {
    expect(answerTo(frames)).toMatchObject({ _tag: 'Left', left: { _tag: 'RunnerFault' } })
  })

  it('never holds more than was asked for, whatever it says', () => {
    const frame = fc.oneof(
      fc.tuple(fc.string({ minLength: 1, maxLength: 3 }), fc.nat(12)).map(([path, size]) => found(path, size)),
      fc.string({ minLength: 1, maxLength: 6 }).map(bytes),
      fc.constant(left('x')),
      fc.tuple(fc.nat(2), fc.nat(15), fc.nat(3), fc.boolean()).map(all => sums(...all)),
    )
    void fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), frames => {
        const answer = answerTo(frames)
        if (answer === null || E.isLeft(answer) || answer.right === null) return
        const sizes = answer.right.files.map(({ content }) => content.length)
        expect(sizes.length).toBeLessThanOrEqual(limits.files)
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(limits.fileBytes)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limits.totalBytes)
      }),
    )
  })
})
