import { type Collection, MongoBulkWriteError, MongoServerError } from 'mongodb'
import { linger } from '../../mongo/linger.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { StoredCommit } from '../commit.ts'

type Queued = Readonly<{ commit: StoredCommit; resolve: () => void; reject: (thrown: unknown) => void }>

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
const answerEach = (group: ReadonlyArray<Queued>, thrown: unknown): void => {
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
 * Inserts commits, each whole and on its own terms, the partitions side by side: what comes within a turn, or while an
 * insert is under way, goes together with the next, which the server makes durable at once. Rejects with what one insert would be refused with.
 */
export const groupedInserts = (commits: Collection<StoredCommit>): ((commit: StoredCommit) => Promise<void>) => {
  const queued: Array<Queued> = []
  let isUnderWay = false

  const insertAll = async (group: ReadonlyArray<Queued>): Promise<void> => {
    const [first] = group
    if (group.length === 1 && first !== undefined) await commits.insertOne(first.commit)
    else
      await commits.insertMany(
        group.map(({ commit }) => commit),
        { ordered: false },
      )
  }

  const sendAll = async (): Promise<void> => {
    isUnderWay = true
    for (let last = 1; queued.length > 0; ) {
      await linger(last)
      const group = queued.splice(0, mostAtOnce)
      last = group.length
      try {
        await insertAll(group)
        for (const { resolve } of group) resolve()
      } catch (thrown) {
        answerEach(group, thrown)
      }
    }
    isUnderWay = false
  }

  return commit =>
    new Promise((resolve, reject) => {
      queued.push({ commit, resolve, reject })
      if (!isUnderWay) void sendAll()
    })
}
