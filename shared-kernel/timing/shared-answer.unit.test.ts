import { describe, expect, it } from 'vitest'
import { sharedAnswer } from './shared-answer.ts'

const asking = (ms: number) => {
  let now = 0
  const asked: Array<PromiseWithResolvers<string>> = []
  const ask = () => {
    const question = Promise.withResolvers<string>()
    asked.push(question)
    return question.promise
  }
  const answer = sharedAnswer(ms, ask, () => now)
  return { answer, asked, pass: (by: number) => (now += by) }
}

describe('a shared answer', () => {
  it('is asked for once by all who wait for it, and by those who come soon after', async () => {
    const { answer, asked, pass } = asking(20)
    const waiting = [answer(), answer()]
    asked[0]?.resolve('first')
    expect(await Promise.all(waiting)).toStrictEqual(['first', 'first'])
    pass(19)
    expect(await answer()).toBe('first')
    expect(asked).toHaveLength(1)
  })

  it('is asked for anew when it has grown old', async () => {
    const { answer, asked, pass } = asking(20)
    const first = answer()
    asked[0]?.resolve('first')
    await first
    pass(20)
    const second = answer()
    asked[1]?.resolve('second')
    expect(await second).toBe('second')
  })

  it('is no answer where asking fails: the next who asks begins again', async () => {
    const { answer, asked } = asking(20)
    const first = answer()
    asked[0]?.reject(new Error('cut'))
    await expect(first).rejects.toThrow('cut')
    const second = answer()
    asked[1]?.resolve('second')
    expect(await second).toBe('second')
  })
})
