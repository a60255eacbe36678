import { describe, expect, it } from 'vitest'
import { createTurnEnd } from './when-turn-ends.ts'

describe('the end of a turn', () => {
  it('comes for all who wait for it together, when the rest of the turn has run, and before the next turn', async () => {
    const atTurnEnd = createTurnEnd()
    const order: Array<string> = []
    const step = async (name: string): Promise<void> => {
      await Promise.resolve()
      await Promise.resolve()
      order.push(`${name} ran`)
      await atTurnEnd(() => order.push(`${name} at the end`))
      order.push(`${name} answered`)
    }
    const next = new Promise<void>(resolve =>
      setImmediate(() => {
        order.push('next turn')
        resolve()
      }),
    )
    await Promise.all([step('a'), step('b'), next])
    const atEnd = ['a at the end', 'b at the end', 'a answered', 'b answered']
    expect(order).toStrictEqual(['a ran', 'b ran', ...atEnd, 'next turn'])
  })

  it('comes in each turn anew', async () => {
    const atTurnEnd = createTurnEnd()
    expect(await atTurnEnd(() => 'one')).toBe('one')
    let hasCome = false
    const again = atTurnEnd(() => {
      hasCome = true
    })
    await Promise.resolve()
    expect(hasCome).toBe(false)
    await again
    expect(hasCome).toBe(true)
  })

  it('answers each what came of its own work', async () => {
    const atTurnEnd = createTurnEnd()
    const failing = atTurnEnd(() => {
      throw new Error('this one')
    })
    const other = atTurnEnd(() => 'another')
    await expect(failing).rejects.toThrow('this one')
    expect(await other).toBe('another')
  })
})
