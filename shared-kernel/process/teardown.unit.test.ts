import { beforeEach, describe, expect, it } from 'vitest'
import { createTeardown, type Teardown } from './teardown.ts'

let complaints: unknown[]
let teardown: Teardown
let ended: string[]
beforeEach(() => {
  complaints = []
  ended = []
  teardown = createTeardown({ error: (fields: unknown) => void complaints.push(fields) })
  for (const what of ['log', 'sandbox', 'server']) teardown.add(what, () => ended.push(what))
})

describe('a teardown', () => {
  it('ends the latest first', async () => {
    await teardown.run()
    expect(ended).toEqual(['server', 'sandbox', 'log'])
  })

  it('ends everything once', async () => {
    await Promise.all([teardown.run(), teardown.run()])
    expect(ended).toHaveLength(3)
  })

  it('ends the rest when one cannot be ended', async () => {
    teardown.add('pool', () => Promise.reject(new Error('hangs')))
    await teardown.run()
    expect(ended).toHaveLength(3)
    expect(complaints).toMatchObject([{ part: 'pool' }])
  })
})
