import type { Db, Document, Filter } from 'mongodb'

type Stored = Document & Readonly<{ _id: string }>

type Question = Readonly<{
  find: string
  filter: Filter<Stored>
  projection?: Readonly<Record<string, 0 | 1>>
  sort?: Readonly<Record<string, 1 | -1>>
  limit?: number
}>

// As many as go into one answer, which is bounded by its size (16 MiB).
const anyNumber = 1_000_000

// A server ends by itself what nobody reads on.
const leaveIt = (): void => undefined

/**
 * What a collection holds, whole. One answer holds it nearly always, which then takes no cursor: the driver's costs half as
 * much again. `find` names the collection, which is read as the database is.
 */
export const findWhole = async (
  db: Db,
  question: Question,
  mostPerAnswer = anyNumber,
): Promise<ReadonlyArray<Stored>> => {
  const { level } = db.readConcern ?? {}
  const readConcern = level === undefined ? {} : { readConcern: { level } }
  const command = { ...question, batchSize: mostPerAnswer, ...readConcern }
  const { cursor } = await db.command(command, { enableUtf8Validation: false })
  if (cursor.id === 0) return cursor.firstBatch
  const { find, filter, ...options } = question
  await db.command({ killCursors: find, cursors: [cursor.id] }).catch(leaveIt)
  return db.collection<Stored>(find).find(filter, options).toArray()
}
