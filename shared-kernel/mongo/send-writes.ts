import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Db, type Document, MongoServerError, WriteConcern } from './driver.ts'

const members = { insert: 'documents', update: 'updates', delete: 'deletes' } as const

/** Writes of one kind to one collection, each as the server's command of that name takes it. */
export type Writes = Readonly<{
  command: keyof typeof members
  collection: string
  statements: ReadonlyArray<Document>
}>

/** `met`: how many documents were written, or found as they were to be. `refused`: by index, what one alone would have thrown. */
type Written = Readonly<{ met: number; refused: ReadonlyMap<number, MongoServerError> }>

const reply = t.type({
  n: t.number,
  writeErrors: t.union([t.undefined, t.array(t.type({ index: t.number, code: t.number, errmsg: t.string }))]),
})

/**
 * Does all the writes it can with one command, at least one. It is sent as it is: to have the driver gather and split it
 * takes a quarter more of the time.
 */
export const sendWrites = async (db: Db, { command, collection, statements }: Writes): Promise<Written> => {
  const asked = { [command]: collection, [members[command]]: statements, ordered: false }
  const answer = await db.command(WriteConcern.apply(asked, db.writeConcern ?? new WriteConcern()))
  const decoded = reply.decode(answer)
  if (E.isLeft(decoded)) throw new Error(`the command ${command} was answered in another shape`)
  const { n: met, writeErrors = [] } = decoded.right
  const thrown = writeErrors.map(
    error => [error.index, new MongoServerError({ ...error, message: error.errmsg })] as const,
  )
  return { met, refused: new Map(thrown) }
}
