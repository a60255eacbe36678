import { describe, expect, it, vi } from 'vitest'
import { gathered } from './gathered.ts'

const lengths = vi.fn(async (keys: ReadonlyArray<string>) => {
  if (keys.includes('bad')) throw new Error('no answer')
  return new Map(keys.filter(key => key !== '').map(key => [key, key.length]))
})

describe('gathered questions', () => {
  it('are one for all that is asked in a turn, and each gets its own answer', async () => {
    lengths.mockClear()
    const get = gathered(lengths)
    expect(await Promise.all(['a', 'bb', 'a', ''].map(get))).toStrictEqual([1, 2, 1, null])
    expect(lengths.mock.calls).toStrictEqual([[['a', 'bb', '']]])
    expect(await get('ccc')).toBe(3)
    expect(lengths).toHaveBeenCalledTimes(2)
  })

  it('are asked again after one that failed, of which all who asked hear', async () => {
    const get = gathered(lengths)
    const failed = await Promise.allSettled(['a', 'bad'].map(get))
    expect(failed.map(({ status }) => status)).toStrictEqual(['rejected', 'rejected'])
    expect(await get('a')).toBe(1)
  })

  it('are bounded', async () => {
    lengths.mockClear()
    const get = gathered(lengths)
    const answers = await Promise.all(Array.from({ length: 501 }, (_, index) => get(String(index))))
    expect(answers).toHaveLength(501)
    expect(answers).not.toContain(null)
    expect(lengths.mock.calls.map(([keys]) => keys.length)).toStrictEqual([500, 1])
  })
})
