import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredCommit } from '../../event-log/commit.ts'
import type { Genesis } from '../../event-log/genesis.ts'
import { createIndexes } from '../../event-log/mongo/indexes.ts'
import { beginLog, hasCommits, importMark, isBegun } from '../../event-log/mongo/open-genesis.ts'
import { openSchemaLedger, type SchemaLedger } from '../../event-log/mongo/schema-ledger.ts'
import { schemasIn } from '../../event-log/schemas-in.ts'
import { connectMongo, type MongoConnection, type MongoPlace } from '../../mongo/connect-mongo.ts'
import { type Db, MongoError } from '../../mongo/driver.ts'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { ImportTarget, OpenImportTarget } from './import-target.ts'

const asked =
  <A>(question: () => Promise<A>): TaskEither<string, A> =>
  async () => {
    try {
      return E.right(await question())
    } catch (thrown) {
      if (thrown instanceof MongoError) return E.left(`mongodb: ${thrown.message}`)
      throw thrown
    }
  }

const marker = { _id: importMark }

const marks = (db: Db) => db.collection<{ _id: string }>('genesis')

const underWay =
  'an import into it is under way or was cut; if none is under way, import once more with --restart: that takes out what is left of it'

// Whoever puts the mark there imports; it stays where a process was killed, and says so to the next.
const mark = async (db: Db): Promise<boolean> => {
  try {
    await marks(db).insertOne(marker)
    return true
  } catch (thrown) {
    if (mongoTrouble(thrown) !== 'duplicate') throw thrown
    return false
  }
}

// The mark stays, and is this import's from now on.
const takeOver = async (db: Db): Promise<void> => {
  if (!(await isBegun(db))) await db.collection('commits').drop()
}

const unmark = async (db: Db): Promise<void> => void (await marks(db).deleteOne(marker))

type Making = Readonly<{
  connection: MongoConnection
  ledger: SchemaLedger
  identity: Pick<Genesis, 'logId' | 'partitions'>
}>

const targetOn = ({ connection: { client, db }, ledger, identity }: Making): ImportTarget => {
  const commits = db.collection<StoredCommit>('commits')
  return {
    write: page =>
      asked(async () => {
        if (page.length === 0) return
        await ledger.enter(page.flatMap(schemasIn))
        await commits.insertMany([...page])
      }),
    // The genesis comes last: until then nothing passes for a log.
    finish: () =>
      asked(async () => {
        await beginLog(db, identity)
        await unmark(db)
        await client.close()
      }),
    discard: async () => {
      await asked(async () => {
        // Another process may have begun a log here in the very moment before the mark.
        if (!(await isBegun(db))) await commits.drop()
        await unmark(db)
      })()
      await client.close()
    },
  }
}

type Asked = Readonly<{ identity: Making['identity']; restarts: boolean }>

const prepare = async (connection: MongoConnection, { identity, restarts }: Asked): Promise<Making | string> => {
  const { db } = connection
  if (!(await mark(db))) {
    if (!restarts) return underWay
    await takeOver(db)
  }
  if ((await isBegun(db)) || (await hasCommits(db))) {
    await unmark(db)
    return 'it holds a log already: a log is imported where there is none'
  }
  await createIndexes(db.collection('commits'))
  const ledger = await openSchemaLedger(db)
  return typeof ledger === 'string' ? ledger : { connection, ledger, identity }
}

/** A log in a database that holds none. `restarts`: what an import that was cut has left there is taken out first. */
export const mongoImportTarget =
  (place: MongoPlace, { restarts }: Readonly<{ restarts: boolean }> = { restarts: false }): OpenImportTarget =>
  identity =>
  async () => {
    const connection = connectMongo(place)
    if (typeof connection === 'string') return E.left(`MONGO_URL: ${connection}`)
    const prepared = await asked(() => prepare(connection, { identity, restarts }))()
    if (E.isRight(prepared) && typeof prepared.right !== 'string') return E.right(targetOn(prepared.right))
    await connection.client.close()
    const why = E.isLeft(prepared) ? prepared.left : prepared.right
    return E.left(`${connection.hosts}: ${why}`)
  }
