import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { connectMongo, type MongoConnection, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { type Db, MongoError } from '../../mongo/driver.ts'
import { majorityWhereReplicated } from '../../mongo/majority-where-replicated.ts'
import { askWhileOpen } from '../ask-while-open.ts'
import type { StoredCommit } from '../commit.ts'
import type { EventLogFault } from '../event-log.ts'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import type { Genesis } from '../genesis.ts'
import type { LogStorage } from '../log-storage.ts'
import { commitCollection } from './commit-collection.ts'
import { insertCommit } from './insert-commit.ts'
import { mongoFault } from './mongo-fault.ts'
import { readGenesis } from './open-genesis.ts'

const unusable = (kind: EventLogUnusable['kind'], hosts: string, why: string): EventLogUnusable => ({
  _tag: 'EventLogUnusable',
  kind,
  message: `the event log at ${hosts} was not opened: ${why}`,
})

const uncertain: EventLogFault = {
  _tag: 'EventLogFault',
  kind: 'unreachable',
  message: 'mongodb: what became of an insert is not known; run this again',
}

// What was altered may have any type: a tail that is no number is taken for the farthest there can be.
const tailIn = async (db: Db, p: number): Promise<number> => {
  const found = await db.collection('commits').findOne({ p }, { sort: { n: -1 }, projection: { _id: 0, n: 1 } })
  if (found === null) return 0
  return typeof found['n'] === 'number' ? found['n'] : Number.MAX_SAFE_INTEGER
}

const strayIn = async (db: Db, partitions: number): Promise<string | null> => {
  const known = Array.from({ length: partitions }, (_, p) => p)
  const found = await db
    .collection('commits')
    .findOne({ $nor: [{ p: { $in: known }, n: { $gte: 1 } }] }, { projection: { _id: 0, p: 1, n: 1 } })
  return found === null ? null : `partition ${found['p']}, position ${found['n']}`
}

/** The storage in a database whose genesis has been read. Closing it disconnects. */
const mongoLogStorageOn = (db: Db, { logId, partitions }: Genesis): LogStorage => {
  const commits = commitCollection(db, logId)
  const { ask, shut } = askWhileOpen(mongoFault)
  const insert = async (commit: StoredCommit): Promise<E.Either<EventLogFault, 'written' | 'taken'>> => {
    const setback = await insertCommit(commits, commit)
    if (setback === 'uncertain') return E.left(uncertain)
    return E.right(setback === null ? 'written' : 'taken')
  }
  return {
    logId,
    partitions,
    readPartition: (p, after, limit) => () => ask(async () => E.right(await commits.partitionAfter(p, after, limit))),
    tails: () => () =>
      ask(async () => E.right(await Promise.all(Array.from({ length: partitions }, (_, p) => tailIn(db, p))))),
    stray: () => () => ask(async () => E.right(await strayIn(db, partitions))),
    insert: commit => () => ask(() => insert(commit)),
    close: async () => {
      shut()
      await db.client.close()
    },
  }
}

const openOn = async ({ db, hosts }: MongoConnection): Promise<E.Either<EventLogUnusable, LogStorage>> => {
  const settled = await majorityWhereReplicated(db)
  const genesis = await readGenesis(settled)
  return typeof genesis === 'string'
    ? E.left(unusable('unfit', hosts, genesis))
    : E.right(mongoLogStorageOn(settled, genesis))
}

/** Opens the log in a database for the log's tools, beside the services. Begins none where there is none. */
export const openMongoLogStorage =
  (place: MongoPlace): TaskEither<EventLogUnusable, LogStorage> =>
  async () => {
    const connection = connectMongo(place)
    if (typeof connection === 'string') return E.left(unusable('unfit', 'MONGO_URL', connection))
    let opened: E.Either<EventLogUnusable, LogStorage> | null = null
    try {
      opened = await openOn(connection)
      return opened
    } catch (thrown) {
      if (!(thrown instanceof MongoError)) throw thrown
      return E.left(unusable('unreachable', connection.hosts, thrown.message))
    } finally {
      if (opened === null || E.isLeft(opened)) await connection.client.close()
    }
  }
