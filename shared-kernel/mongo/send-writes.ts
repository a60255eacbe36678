import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Db, type Document, MongoServerError, WriteConcern } from 'mongodb'

const members = { insert: 'documents', update: 'updates', delete: 'deletes' } as const

/** Writes of one kind to one collection, each as the server's command of that name takes it. */
export type Writes = Readonly<{
  command: keyof typeof members
  collection: string
  statements: ReadonlyArray<Document>
}>

const reply = t.type({
  writeErrors: t.union([t.undefined, t.array(t.type({ index: t.number, code: t.number, errmsg: t.string }))]),
})

/**
 * Does all the writes it can with one command and answers those that were refused, by index, with what each on its own
 * would have thrown. The command is sent as it is: to have the driver gather and split it takes a quarter more of the time.
 */
export const sendWrites = async (
  db: Db,
  { command, collection, statements }: Writes,
): Promise<ReadonlyMap<number, MongoServerError>> => {
  const asked = { [command]: collection, [members[command]]: statements, ordered: false }
  const answer = await db.command(WriteConcern.apply(asked, db.writeConcern ?? new WriteConcern()))
  const decoded = reply.decode(answer)
  if (E.isLeft(decoded)) throw new Error(`the command ${command} was answered in another shape`)
  const { writeErrors = [] } = decoded.right
  return new Map(writeErrors.map(error => [error.index, new MongoServerError({ ...error, message: error.errmsg })]))
}
