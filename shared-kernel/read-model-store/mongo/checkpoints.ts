import * as t from 'io-ts'
import type { Db } from 'mongodb'
import { sendWrites } from '../../mongo/send-writes.ts'
import type { Applied, Checkpoint } from '../read-model-store.ts'
import { writeUnordered } from './write-unordered.ts'

type Stored = Readonly<{ _id: string; projection: string; partition: number; n: number; fence: number }>

const name = 'projection_checkpoints'

const progress = t.strict({ partition: t.number, n: t.number }, 'Checkpoint')

const positionOf = (document: unknown): readonly [number, number] => {
  if (!progress.is(document)) throw new Error('a checkpoint has another shape')
  return [document.partition, document.n]
}

const idOf = ({ projection, partition }: Checkpoint): string => JSON.stringify([projection, partition])

// Without a fence it moves whoever has written; the fence that is remembered stays.
const moveOf = (checkpoint: Checkpoint) => {
  const { projection, partition, n, fence } = checkpoint
  const _id = idOf(checkpoint)
  const names = { projection, partition }
  return fence === undefined
    ? { filter: { _id }, update: { $max: { n }, $setOnInsert: { ...names, fence: 0 } } }
    : { filter: { _id, fence: { $lte: fence } }, update: { $max: { n }, $set: { fence }, $setOnInsert: names } }
}

export const checkpointCollection = (db: Db) => {
  const collection = db.collection<Stored>(name)

  // Its upsert met a document: a higher fence's, or one that another made just now.
  const isDeposed = async (checkpoint: Checkpoint): Promise<boolean> => {
    const { filter, update } = moveOf(checkpoint)
    return (await collection.updateOne(filter, update)).matchedCount === 0
  }

  // The rule: each is there, under this process's own fence. That takes a fifth of what the server has to be told else.
  const moveOwn = async (checkpoints: ReadonlyArray<Checkpoint>): Promise<boolean> => {
    if (checkpoints.some(({ fence }) => fence === undefined)) return false
    const statements = checkpoints.map(checkpoint => ({
      q: { _id: idOf(checkpoint), fence: checkpoint.fence },
      u: { $max: { n: checkpoint.n } },
    }))
    const { met } = await sendWrites(db, { command: 'update', collection: name, statements })
    return met === checkpoints.length
  }

  return {
    read: async (projection: string): Promise<ReadonlyMap<number, number>> =>
      new Map((await collection.find({ projection }).toArray()).map(positionOf)),
    advance: async (checkpoints: ReadonlyArray<Checkpoint>): Promise<Applied> => {
      if (checkpoints.length === 0 || (await moveOwn(checkpoints))) return { deposed: [] }
      const statements = checkpoints.map(checkpoint => {
        const { filter, update } = moveOf(checkpoint)
        return { statement: { q: filter, u: update, upsert: true }, text: 0 }
      })
      const deposed: Array<number> = []
      for (const index of await writeUnordered(db, { command: 'update', collection: name, statements })) {
        const checkpoint = checkpoints[index]
        if (checkpoint !== undefined && (await isDeposed(checkpoint))) deposed.push(checkpoint.partition)
      }
      return { deposed }
    },
  }
}
