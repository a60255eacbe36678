import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Db, type Document, MongoServerError, WriteConcern } from 'mongodb'
import { inGroups } from '../timing/in-groups.ts'
import { linger } from './linger.ts'
import { mongoTrouble } from './mongo-trouble.ts'

type Queued = Readonly<{
  document: Document
  resolve: () => void
  reject: (thrown: unknown) => void
}>

const mostAtOnce = 100

// However many bytes its characters take, one command holds as much text: it may have 16 MiB.
const mostText = 4 * 1024 * 1024

const textIn = ({ document }: Queued): number =>
  Object.values(document).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)

const reply = t.type({
  writeErrors: t.union([t.undefined, t.array(t.type({ index: t.number, code: t.number, errmsg: t.string }))]),
})

// What one insert of its own would have thrown.
const refusalsIn = (answer: Document): ReadonlyMap<number, MongoServerError> => {
  const decoded = reply.decode(answer)
  if (E.isLeft(decoded)) throw new Error('an insert was answered in another shape')
  const { writeErrors = [] } = decoded.right
  return new Map(writeErrors.map(error => [error.index, new MongoServerError({ ...error, message: error.errmsg })]))
}

// Unless all that went wrong is duplicates, nothing is known of any.
const answerEach = (group: ReadonlyArray<Queued>, refused: ReadonlyMap<number, MongoServerError>): void => {
  const worse = [...refused.values()].find(each => mongoTrouble(each) !== 'duplicate')
  for (const [index, { resolve, reject }] of group.entries()) {
    const refusal = worse ?? refused.get(index)
    if (refusal === undefined) resolve()
    else reject(refusal)
  }
}

/**
 * Inserts documents, each whole and on its own terms, side by side: what comes within a turn, or while an insert is under
 * way, goes together with the next, which the server makes durable at once. Rejects with what one insert would be refused
 * with. The command is sent as it is: to have the driver gather and split it takes a quarter more of the time.
 */
export const groupedInserts = <Stored extends Readonly<{ _id: string }>>(
  db: Db,
  collection: string,
): ((document: Stored) => Promise<void>) => {
  const insertAll = (documents: ReadonlyArray<Document>): Promise<Document> =>
    db.command(
      WriteConcern.apply({ insert: collection, documents, ordered: false }, db.writeConcern ?? new WriteConcern()),
    )

  const insertFor = async (group: ReadonlyArray<Queued>): Promise<void> => {
    try {
      answerEach(group, refusalsIn(await insertAll(group.map(({ document }) => document))))
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  const weight = { of: textIn, most: mostText }
  const insert = inGroups<Queued>({ most: mostAtOnce, weight, gather: linger, take: insertFor })
  return document => new Promise((resolve, reject) => insert({ document, resolve, reject }))
}
