import { describe, expect, it } from 'vitest'
import { createTurnEnd } from './when-turn-ends.ts'

describe('the end of a turn', () => {
  it('comes for all who wait for it together, when the rest of the turn has run, and before the next turn', async () => {
    const turnEnds = createTurnEnd()
    const order: Array<string> = []
    const step = async (name: string): Promise<void> => {
      await Promise.resolve()
      await Promise.resolve()
      order.push(`${name} ran`)
      await turnEnds()
      order.push(`${name} at the end`)
    }
    const next = new Promise<void>(resolve =>
      setImmediate(() => {
        order.push('next turn')
        resolve()
      }),
    )
    await Promise.all([step('a'), step('b'), next])
    expect(order).toStrictEqual(['a ran', 'b ran', 'a at the end', 'b at the end', 'next turn'])
  })

  it('comes in each turn anew', async () => {
    const turnEnds = createTurnEnd()
    await turnEnds()
    let hasCome = false
    const again = turnEnds().then(() => {
      hasCome = true
    })
    await Promise.resolve()
    expect(hasCome).toBe(false)
    await again
  })
})
