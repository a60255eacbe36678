import type { Db } from 'mongodb'
import { unreadableProblem } from '../readable-schemas.ts'
import { schemaName, type Versioned } from '../versioned.ts'

const onlyId = 'schemas'

/** Which schemas the log's events have been written with. */
export type SchemaLedger = Readonly<{
  /** Durable before the first event of a schema is: a version that cannot read it will know before it starts. */
  enter: (events: ReadonlyArray<Versioned>) => Promise<void>
}>

const writtenSchemas = async (ledger: ReturnType<typeof documents>): Promise<ReadonlyArray<string>> => {
  const found = await ledger.findOne({ _id: onlyId })
  return Array.isArray(found?.written) ? found.written : []
}

const documents = (db: Db) => db.collection<{ _id: string; written: string[] }>('genesis')

/** Opens the ledger, or says in words why this version must not work on the log. */
export const openSchemaLedger = async (db: Db): Promise<SchemaLedger | string> => {
  const ledger = documents(db)
  const written = new Set(await writtenSchemas(ledger))
  const problem = unreadableProblem(written)
  if (problem !== null) return problem
  return {
    enter: async events => {
      const fresh = [...new Set(events.map(schemaName))].filter(schema => !written.has(schema))
      if (fresh.length === 0) return
      await ledger.updateOne({ _id: onlyId }, { $addToSet: { written: { $each: fresh } } }, { upsert: true })
      for (const schema of fresh) written.add(schema)
    },
  }
}
