import type { Db, Document } from 'mongodb'

type Question = Readonly<{ find: string; filter: Document; projection?: Document; sort?: Document; limit: number }>

/**
 * Finds documents that surely go into one answer of the server (16 MiB): all of them with one command, and without a
 * cursor, which costs the driver as much as to read them. Read as the database is read.
 */
export const findAtOnce = async (db: Db, question: Question): Promise<ReadonlyArray<Document>> => {
  const { level } = db.readConcern ?? {}
  const { cursor } = await db.command(
    {
      ...question,
      batchSize: question.limit,
      singleBatch: true,
      ...(level !== undefined && { readConcern: { level } }),
    },
    { enableUtf8Validation: false },
  )
  return cursor.firstBatch
}
