import { describe, expect, it } from 'vitest'
import { createFlush } from './create-flush.ts'

/** A file whose flushes end when they are told to. */
const slowFile = () => {
  const underWay: Array<(failure?: Error) => void> = []
  const datasync = () =>
    new Promise<void>((resolve, reject) => {
      underWay.push(failure => (failure === undefined ? resolve() : reject(failure)))
    })
  return { datasync, underWay }
}

describe('a flush', () => {
  it('is answered by one that began after it was asked for, with all that came meanwhile', async () => {
    const { datasync, underWay } = slowFile()
    const flush = createFlush({ datasync })
    const answered: Array<string> = []
    const ask = (name: string) => flush().then(() => answered.push(name))
    const asked = [ask('first'), ask('second')]
    await expect.poll(() => underWay).toHaveLength(1)
    asked.push(ask('third'), ask('fourth'))
    underWay[0]?.()
    await asked[1]
    expect(answered).toStrictEqual(['first', 'second'])
    await expect.poll(() => underWay).toHaveLength(2)
    underWay[1]?.()
    await Promise.all(asked)
    expect(underWay).toHaveLength(2)
  })

  it('tells those it was for that it failed, and goes on', async () => {
    const { datasync, underWay } = slowFile()
    const flush = createFlush({ datasync })
    const failing = flush()
    await expect.poll(() => underWay).toHaveLength(1)
    underWay[0]?.(new Error('no disk'))
    await expect(failing).rejects.toThrow('no disk')
    const next = flush()
    await expect.poll(() => underWay).toHaveLength(2)
    underWay[1]?.()
    await expect(next).resolves.toBeUndefined()
  })
})
