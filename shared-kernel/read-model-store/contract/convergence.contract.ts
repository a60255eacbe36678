import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../read-model-store.ts'
import { done, type OpenStore, thingsForEach } from './store-for-each.ts'
import { document, put } from './writes.ts'

const folded = (version: number): JsonObject => ({ sum: (version * (version + 1)) / 2 })

type Step = Readonly<{ projector: 0 | 1; events: number; crashes: boolean }>

const step: fc.Arbitrary<Step> = fc.record({
  projector: fc.constantFrom(0, 1),
  events: fc.integer({ min: 1, max: 4 }),
  crashes: fc.boolean(),
})

export const convergenceContract = (open: OpenStore): void => {
  describe('projectors of one stream', () => {
    const { store, get } = thingsForEach(open)

    it('converges on the fold of the stream, whoever crashes where', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.uuid(), async (steps, id) => {
          const total = 12
          const project = async ({ projector, events, crashes }: Step): Promise<void> => {
            const checkpoint = { projection: `${id}-${projector}`, partition: 0 }
            const from = (await done(store().checkpoints(checkpoint.projection))).get(0) ?? 0
            const stored = (await get(id))?.version ?? 0
            const until = Math.min(total, from + events)
            const writes = until > stored ? [put(id, until, stored, folded(until))] : []
            await done(store().apply(writes, crashes ? [] : [{ ...checkpoint, n: until }]))
          }
          for (const each of steps) {
            const before = (await get(id))?.version ?? 0
            await project(each)
            expect((await get(id))?.version ?? 0).toBeGreaterThanOrEqual(before)
          }
          await project({ projector: 0, events: total, crashes: false })
          expect(await get(id)).toStrictEqual(document(id, total, folded(total)))
        }),
        { numRuns: 30 },
      )
    })
  })
}
