import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { storeInFile } from '@runledger/shared-kernel/event-log/sqlite/tamper-with-file.fixture.ts'
import { keysDatabase } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
import { MongoClient } from 'mongodb'
import { tempFolder } from './temp-folder.ts'

/** A place for a log that no server holds, laid open. */
export type SpareStore = Readonly<{
  /** What tells the tools of the command line where it is. */
  env: Readonly<Record<string, string>>
  /** Puts exactly these commits where the log's were, whatever they say. */
  store: (commits: ReadonlyArray<StoredCommit>) => Promise<void>
  remove: () => Promise<void>
}>

export const spareDataDir = (): SpareStore => {
  const folder = tempFolder()
  return {
    env: { DATA_DIR: folder.path },
    store: async commits => storeInFile(join(folder.path, 'runledger.sqlite'), commits),
    remove: async () => folder.remove(),
  }
}

export const spareDatabase = (mongoUrl: string): SpareStore => {
  const url = Object.assign(new URL(mongoUrl), { pathname: `/spare-${randomUUID()}` })
  const client = new MongoClient(url.href)
  const commits = client.db().collection<StoredCommit>('commits')
  return {
    env: { MONGO_URL: url.href },
    store: async wanted => {
      await commits.deleteMany({})
      await commits.insertMany([...wanted])
    },
    remove: async () => {
      await client.db().dropDatabase()
      await client.db(keysDatabase(client.db().databaseName)).dropDatabase()
      await client.close()
    },
  }
}
