import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { boundedQuestions } from './bounded-questions.ts'

const unavailable = (message: RegExp) =>
  E.left({ _tag: 'QueueUnavailable', message: expect.stringMatching(message) as string })

describe('a bounded question', () => {
  it('gives the answer, or why there is none', async () => {
    const ask = boundedQuestions(1000)
    expect(await ask(async () => 7)).toStrictEqual(E.right(7))
    expect(await ask(() => Promise.reject(new Error('NOAUTH')))).toStrictEqual(unavailable(/NOAUTH/))
  })

  it('is given up when its answer is late, and no other is asked until that has come', async () => {
    const ask = boundedQuestions(5)
    const slow = Promise.withResolvers<number>()
    const unasked = vi.fn(async () => 1)
    expect(await ask(() => slow.promise)).toStrictEqual(unavailable(/no answer within 5 ms/))
    expect(await ask(unasked)).toStrictEqual(unavailable(/no answer/))
    expect(unasked).not.toHaveBeenCalled()
    slow.resolve(1)
    await vi.waitFor(async () => expect(await ask(async () => 2)).toStrictEqual(E.right(2)))
  })

  it('may be late with a rejection', async () => {
    const ask = boundedQuestions(5)
    const slow = Promise.withResolvers<number>()
    expect(await ask(() => slow.promise)).toStrictEqual(unavailable(/no answer/))
    slow.reject(new Error('cut'))
    await vi.waitFor(async () => expect(await ask(async () => 2)).toStrictEqual(E.right(2)))
  })
})
