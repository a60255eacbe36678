import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { connectMongo, type MongoConnection, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { majorityWhereReplicated } from '../../mongo/majority-where-replicated.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { EventLog } from '../event-log.ts'
import type { EventLogUnusable } from '../event-log-unusable.ts'
import { commitCollection } from './commit-collection.ts'
import { mongoEventLogOn } from './mongo-event-log-on.ts'
import { openGenesis } from './open-genesis.ts'
import { openSchemaLedger } from './schema-ledger.ts'
import type { OnRetry } from './transact-on-mongo.ts'

export type MongoEventLogOptions = MongoPlace &
  Readonly<{
    /** Of a new log; an existing one must have exactly as many. Default: 64, or what the log has. */
    partitions?: number
    clock?: () => Date
    onRetry?: OnRetry
  }>

const unusable = (kind: EventLogUnusable['kind'], hosts: string, why: string): EventLogUnusable => ({
  _tag: 'EventLogUnusable',
  kind,
  message: `the event log at ${hosts} was not opened: ${why}`,
})

const openOn = async (
  { client, db, hosts }: MongoConnection,
  { partitions, clock = () => new Date(), onRetry = () => {} }: MongoEventLogOptions,
): Promise<E.Either<EventLogUnusable, EventLog>> => {
  const settled = await majorityWhereReplicated(db)
  const genesis = await openGenesis(settled, partitions)
  if (typeof genesis === 'string') return E.left(unusable('unfit', hosts, genesis))
  const ledger = await openSchemaLedger(settled)
  if (typeof ledger === 'string') return E.left(unusable('unfit', hosts, ledger))
  const { logId } = genesis
  const store = { commits: commitCollection(settled, logId), ledger, onRetry, disconnect: () => client.close() }
  return E.right(mongoEventLogOn({ logId, partitions: genesis.partitions, clock }, store))
}

const whyNotOpened = (hosts: string, thrown: unknown): EventLogUnusable => {
  const trouble = mongoTrouble(thrown)
  if (trouble === null || trouble === 'duplicate' || !(thrown instanceof Error)) throw thrown
  if (trouble === 'denied') return unusable('unfit', hosts, `${thrown.message}; see the user and password in MONGO_URL`)
  return unusable('unreachable', hosts, thrown.message)
}

const openConnected = async (connection: MongoConnection, options: MongoEventLogOptions) => {
  let opened: E.Either<EventLogUnusable, EventLog> | null = null
  try {
    opened = await openOn(connection, options)
    return opened
  } catch (thrown) {
    return E.left(whyNotOpened(connection.hosts, thrown))
  } finally {
    if (opened === null || E.isLeft(opened)) await connection.client.close()
  }
}

/**
 * Opens the log in a MongoDB database (the one the URL names, else `runledger`), or begins one where there is none.
 * Nothing is scanned. Any number of processes may have it open.
 */
export const openMongoEventLog =
  (options: MongoEventLogOptions): TaskEither<EventLogUnusable, EventLog> =>
  async () => {
    const connection = connectMongo(options)
    return typeof connection === 'string'
      ? E.left(unusable('unfit', 'MONGO_URL', connection))
      : openConnected(connection, options)
  }
