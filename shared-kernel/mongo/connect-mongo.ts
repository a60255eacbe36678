import { type Db, MongoClient } from './driver.ts'
import { failOnEndedSockets } from './fail-on-ended-sockets.ts'

failOnEndedSockets()

export type MongoPlace = Readonly<{
  /** A connection string; its path names the database where `database` does not. */
  url: string
  database?: string | undefined
}>

/** The driver's handle on one database. `hosts` names its servers without any credential. */
export type MongoConnection = Readonly<{ client: MongoClient; db: Db; hosts: string }>

// An outage is to be told within seconds: whoever waits for an answer is answered, and comes again.
const timeouts = { serverSelectionTimeoutMS: 2000, connectTimeoutMS: 2000, socketTimeoutMS: 5000 }

// Unknown outcomes are settled by reading, on every kind of server alike. Reads are the primary's, or a decision would
// rest on what another server has not seen yet. Texts were strings when they were stored: to look through each of them for
// what is not UTF-8 takes longer than to read it, and what a disk has damaged the hashes tell.
const manners = {
  appName: 'runledger',
  enableUtf8Validation: false,
  ignoreUndefined: true,
  readPreference: 'primary',
  retryWrites: false,
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5000 },
} as const

const databaseIn = (url: string): string | undefined => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^/?]+)/.exec(url)?.[1]

// The driver quotes what it cannot read, and there is a password in it.
const withoutUrl = (message: string, url: string): string => message.replaceAll(url, 'it')

/** Connects when first asked something. Answers in words where `url` is no connection string. */
export const connectMongo = ({ url, database }: MongoPlace): MongoConnection | string => {
  try {
    const client = new MongoClient(url, { ...timeouts, ...manners })
    const db = client.db(database ?? databaseIn(url) ?? 'runledger')
    return { client, db, hosts: `${client.options.hosts.join(', ') || 'mongodb+srv'}/${db.databaseName}` }
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown
    return `it is no connection string like mongodb://host:27017/runledger: ${withoutUrl(thrown.message, url)}`
  }
}
