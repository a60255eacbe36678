import { isLeft } from 'fp-ts/lib/Either.js'
import type { ReadModelStore } from '../read-model-store/read-model-store.ts'
import { partOf } from './part-of.ts'
import type { Part } from './readiness.ts'

/** Whether the read models answer. */
export const storePart = (store: Pick<ReadModelStore, 'checkpoints'>, part: string): Promise<Part> =>
  partOf(part, async () => {
    const read = await store.checkpoints('readiness')()
    return isLeft(read) ? read.left.message : null
  })
