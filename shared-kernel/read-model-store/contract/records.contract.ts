import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../read-model-store.ts'
import { done, type OpenStore, storeForEach } from './store-for-each.ts'

export const recordsContract = (open: OpenStore): void => {
  describe('a record store', () => {
    const store = storeForEach(open)

    const read = (name = 'r') => done(store().records.read(name))
    const write = (revision: number, body: JsonObject, name = 'r') =>
      done(store().records.write(name, { revision, body }))

    it('knows no record that was never written', async () => {
      expect(await read()).toBeNull()
    })

    it('gives back what was written, each change a revision further', async () => {
      const body = { active: 1, generations: [{ number: 1, reason: null, text: 'é"\u0000😀' }] }
      expect(await write(0, { active: 0 })).toBe(true)
      expect(await read()).toStrictEqual({ revision: 1, body: { active: 0 } })
      expect(await write(1, body)).toBe(true)
      expect(await read()).toStrictEqual({ revision: 2, body })
    })

    it('refuses whoever has not seen the newest revision', async () => {
      await write(0, { active: 1 })
      await write(1, { active: 2 })
      for (const revision of [0, 1, 3]) expect(await write(revision, { active: 9 })).toBe(false)
      expect(await write(1, { active: 9 }, 'other')).toBe(false)
      expect(await read()).toStrictEqual({ revision: 2, body: { active: 2 } })
      expect(await read('other')).toBeNull()
    })

    it('lets one of many win who change it at once', async () => {
      for (const revision of [0, 1, 2]) {
        const rivals = Array.from({ length: 6 }, (_, rival) => write(revision, { rival }))
        const wins = await Promise.all(rivals)
        expect(wins.filter(won => won)).toHaveLength(1)
        expect(await read()).toStrictEqual({ revision: revision + 1, body: { rival: wins.indexOf(true) } })
      }
    })

    it('answers unreachable once closed', async () => {
      await store().close()
      expect(await store().records.read('r')()).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
    })
  })
}
