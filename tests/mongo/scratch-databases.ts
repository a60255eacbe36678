import { randomUUID } from 'node:crypto'
import { keysDatabase } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
import { MongoClient } from 'mongodb'

/** Databases of one test file, on a server that may be somebody's. */
export const scratchDatabases = (url: string) => {
  const names: Array<string> = []
  return {
    next: (): string => {
      const name = `runledger-test-${randomUUID()}`
      names.push(name)
      return name
    },
    drop: async (): Promise<void> => {
      const client = new MongoClient(url)
      for (const name of names) for (const each of [name, keysDatabase(name)]) await client.db(each).dropDatabase()
      await client.close()
    },
  }
}
