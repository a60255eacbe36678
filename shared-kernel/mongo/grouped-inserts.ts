import {
  type Collection,
  type Document,
  MongoBulkWriteError,
  MongoServerError,
  type OptionalUnlessRequiredId,
} from 'mongodb'
import { inGroups } from '../timing/in-groups.ts'
import { linger } from './linger.ts'
import { mongoTrouble } from './mongo-trouble.ts'

type Queued<Stored> = Readonly<{
  document: OptionalUnlessRequiredId<Stored>
  resolve: () => void
  reject: (thrown: unknown) => void
}>

const mostAtOnce = 100

// What one insert of its own would have thrown.
const refusals = (thrown: MongoBulkWriteError): ReadonlyMap<number, MongoServerError> =>
  new Map(
    [thrown.writeErrors].flat().map(({ index, code, errmsg, err }) => {
      const keyPattern: unknown = Reflect.get(err ?? {}, 'keyPattern')
      return [index, new MongoServerError({ code, message: errmsg ?? '', keyPattern })]
    }),
  )

// Unless all that went wrong is duplicates, nothing is known of any.
const answerEach = <Stored>(group: ReadonlyArray<Queued<Stored>>, thrown: unknown): void => {
  const isAnswered = thrown instanceof MongoBulkWriteError && mongoTrouble(thrown) === 'duplicate'
  const refused = isAnswered ? refusals(thrown) : new Map<number, MongoServerError>()
  const isAllDuplicates = refused.size > 0 && [...refused.values()].every(each => mongoTrouble(each) === 'duplicate')
  for (const [index, { resolve, reject }] of group.entries()) {
    if (!isAllDuplicates) reject(thrown)
    else if (refused.has(index)) reject(refused.get(index))
    else resolve()
  }
}

/**
 * Inserts documents, each whole and on its own terms, side by side: what comes within a turn, or while an insert is under
 * way, goes together with the next, which the server makes durable at once. Rejects with what one insert would be refused
 * with.
 */
export const groupedInserts = <Stored extends Document>(
  collection: Collection<Stored>,
): ((document: OptionalUnlessRequiredId<Stored>) => Promise<void>) => {
  const insertAll = async (group: ReadonlyArray<Queued<Stored>>): Promise<void> => {
    const [first] = group
    if (group.length === 1 && first !== undefined) await collection.insertOne(first.document)
    else
      await collection.insertMany(
        group.map(({ document }) => document),
        { ordered: false },
      )
  }

  const insertFor = async (group: ReadonlyArray<Queued<Stored>>): Promise<void> => {
    try {
      await insertAll(group)
      for (const { resolve } of group) resolve()
    } catch (thrown) {
      answerEach(group, thrown)
    }
  }

  const insert = inGroups({ most: mostAtOnce, gather: linger, take: insertFor })
  return document => new Promise((resolve, reject) => insert({ document, resolve, reject }))
}
