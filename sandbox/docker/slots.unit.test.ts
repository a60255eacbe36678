import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSlots } from './slots.ts'

const never = new AbortController().signal

describe('given slots', () => {
  it('lets in as many as there are, then one for each that leaves, in order', async () => {
    const slots = createSlots(1)
    const admitted: string[] = []
    const enter = async (name: string) => (await slots.acquire(never)) && admitted.push(name)
    const entering = ['first', 'second', 'third'].map(enter)
    await entering[0]
    expect(admitted).toEqual(['first'])
    slots.release()
    await entering[1]
    slots.release()
    await entering[2]
    expect(admitted).toEqual(['first', 'second', 'third'])
  })

  it('whoever gives up keeps no place', async () => {
    const slots = createSlots(1)
    await slots.acquire(never)
    const caller = new AbortController()
    const [quitter, patient] = [slots.acquire(caller.signal), slots.acquire(never)]
    caller.abort()
    expect(await quitter).toBe(false)
    slots.release()
    expect(await patient).toBe(true)
    expect(await slots.acquire(AbortSignal.abort())).toBe(false)
  })

  it('never lets more in than there are', async () => {
    const work = fc.array(fc.boolean(), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), work, async (count, givesUp) => {
        const slots = createSlots(count)
        let inside = 0
        let most = 0
        const visit = async (quits: boolean) => {
          const caller = new AbortController()
          const entering = slots.acquire(caller.signal)
          if (quits) caller.abort()
          if (!(await entering)) return
          inside += 1
          most = Math.max(most, inside)
          await Promise.resolve()
          inside -= 1
          slots.release()
        }
        await Promise.all(givesUp.map(visit))
        expect(most).toBeLessThanOrEqual(count)
        expect(inside).toBe(0)
      }),
    )
  })
})
