import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Collection } from 'mongodb'
import { connectMongo, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { LanguageRegistry, LanguageRegistryFault } from '../language-registry.ts'
import { decodeAnnouncement, encodeAnnouncement, type StoredAnnouncement } from './stored-announcement.ts'

const mostWorkers = 10_000

const fault = (message: string): LanguageRegistryFault => ({ _tag: 'LanguageRegistryFault', message })

const ask =
  <A>(question: () => Promise<A>): TaskEither<LanguageRegistryFault, A> =>
  async () => {
    try {
      return E.right(await question())
    } catch (thrown) {
      if (mongoTrouble(thrown) === null || !(thrown instanceof Error)) throw thrown
      return E.left(fault(thrown.message))
    }
  }

const put = async (entries: Collection<StoredAnnouncement>, { _id, ...entry }: StoredAnnouncement): Promise<void> => {
  await entries.updateOne({ _id }, { $set: entry }, { upsert: true })
}

const registryIn = (entries: Collection<StoredAnnouncement>): Omit<LanguageRegistry, 'close'> => ({
  announce: announcement => {
    const entry = encodeAnnouncement(announcement)
    return ask(() =>
      put(entries, entry).catch(thrown => {
        // Of two that insert at once the second finds the first's document when it tries again.
        if (mongoTrouble(thrown) !== 'duplicate') throw thrown
        return put(entries, entry)
      }),
    )
  },
  read: () =>
    ask(async () => {
      const found = await entries.find({}).sort({ _id: 1 }).limit(mostWorkers).toArray()
      return RA.rights(found.map(decodeAnnouncement))
    }),
  retire: ({ workerId, incarnation, beat }) =>
    ask(async () => {
      await entries.deleteOne({ _id: workerId, incarnation, beat })
    }),
})

/** The registry in a collection of a MongoDB. Nothing is asked of the server yet; Left: the URL is none. */
export const openMongoLanguageRegistry = (place: MongoPlace): E.Either<LanguageRegistryFault, LanguageRegistry> => {
  const connection = connectMongo(place)
  if (typeof connection === 'string') return E.left(fault(connection))
  const { client, db } = connection
  return E.right({ ...registryIn(db.collection<StoredAnnouncement>('languages')), close: () => client.close() })
}
