import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { replayMany } from './replay-many.ts'

const ids = ['a', 'b', 'c', 'd', 'e']
const refused = E.left('not now')

const begunBy = (concurrency: number, signal = new AbortController().signal) => {
  const begun: Array<Readonly<{ id: string; end: () => void }>> = []
  const counted = { replayed: 0 }
  const all = replayMany(ids, {
    replay: id => new Promise(resolve => begun.push({ id, end: () => resolve(refused) })),
    concurrency,
    signal,
    onReplayed: () => {
      counted.replayed += 1
    },
  })
  return { begun, counted, all }
}

describe('given many submissions', () => {
  it('has so many under way at a time, and answers in their order', async () => {
    const { begun, counted, all } = begunBy(2)
    expect(begun.map(({ id }) => id)).toStrictEqual(['a', 'b'])
    begun[1]?.end()
    await expect.poll(() => begun.map(({ id }) => id)).toStrictEqual(['a', 'b', 'c'])
    begun[2]?.end()
    await expect.poll(() => begun.length).toBe(4)
    begun[3]?.end()
    await expect.poll(() => begun.length).toBe(5)
    begun[4]?.end()
    begun[0]?.end()
    expect((await all).map(({ id }) => id)).toStrictEqual(ids)
    expect(counted.replayed).toBe(5)
  })

  it('begins no more once it is interrupted, and answers what came back before', async () => {
    const stop = new AbortController()
    const { begun, all } = begunBy(1, stop.signal)
    begun[0]?.end()
    await expect.poll(() => begun.length).toBe(2)
    stop.abort()
    begun[1]?.end()
    expect(await all).toStrictEqual([{ id: 'a', compared: refused }])
    expect(begun).toHaveLength(2)
  })
})
