import { describe, expect, it } from 'vitest'
import type { Write } from '../read-model-store.ts'
import { done, type OpenStore, thingsForEach } from './store-for-each.ts'
import { put } from './writes.ts'

export const checkpointsContract = (open: OpenStore): void => {
  describe('checkpoints', () => {
    const { store } = thingsForEach(open)

    const at = (n: number, partition = 0) => ({ projection: 'p__v1', partition, n })
    const progress = async (projection = 'p__v1') =>
      [...(await done(store().checkpoints(projection)))].sort(([a], [b]) => a - b)

    it('start nowhere, move forward, and never backward', async () => {
      expect(await progress()).toStrictEqual([])
      await done(store().apply([], [at(3), at(7, 5)]))
      await done(store().apply([], [at(2), at(9, 5)]))
      expect(await progress()).toStrictEqual([
        [0, 3],
        [5, 9],
      ])
    })

    it('belong to one projection', async () => {
      await done(store().apply([], [at(3)]))
      expect(await progress('p__v2')).toStrictEqual([])
    })

    describe('with fences', () => {
      const fenced = async (n: number, fence: number, partition = 0) =>
        (await done(store().apply([], [{ ...at(n, partition), fence }]))).deposed

      it('do not move for a writer whose successor has written, whatever position that was at', async () => {
        expect(await fenced(3, 1)).toStrictEqual([])
        expect(await fenced(0, 2)).toStrictEqual([])
        expect(await fenced(5, 1)).toStrictEqual([0])
        expect(await progress()).toStrictEqual([[0, 3]])
        expect(await fenced(4, 2)).toStrictEqual([])
        expect(await progress()).toStrictEqual([[0, 4]])
      })

      it('are deposed partition by partition', async () => {
        await fenced(1, 2, 5)
        const checkpoints = [
          { ...at(3), fence: 1 },
          { ...at(3, 5), fence: 1 },
        ]
        expect(await done(store().apply([], checkpoints))).toStrictEqual({ deposed: [5] })
        expect(await progress()).toStrictEqual([
          [0, 3],
          [5, 1],
        ])
      })

      it('begin at a position where there was none', async () => {
        expect(await fenced(0, 7)).toStrictEqual([])
        expect(await fenced(2, 6)).toStrictEqual([0])
        expect((await done(store().checkpoints('p__v1'))).get(0) ?? 0).toBe(0)
      })
    })

    it('move only with their writes', async () => {
      const undone = store().apply([{ ...put('a', 1, 0), collection: 'nowhere' } as Write], [at(3)])
      await expect(undone()).rejects.toThrow()
      expect(await progress()).toStrictEqual([])
    })
  })
}
