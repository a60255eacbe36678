import { randomUUID } from 'node:crypto'
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
      for (const name of names) await client.db(name).dropDatabase()
      await client.close()
    },
  }
}
