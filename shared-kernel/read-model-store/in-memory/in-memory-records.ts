import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { JsonObject, ReadModelStoreFault } from '../read-model-store.ts'
import type { RecordStore, StoredRecord } from '../record-store.ts'

type Attempt = <A>(work: () => A) => TaskEither<ReadModelStoreFault, A>

export const createInMemoryRecords = (attempt: Attempt): RecordStore => {
  const records = new Map<string, Readonly<{ revision: number; text: string }>>()

  const read = (name: string): StoredRecord | null => {
    const found = records.get(name)
    return found === undefined ? null : { revision: found.revision, body: JSON.parse(found.text) as JsonObject }
  }

  const write = (name: string, { revision, body }: StoredRecord): boolean => {
    if ((records.get(name)?.revision ?? 0) !== revision) return false
    records.set(name, { revision: revision + 1, text: JSON.stringify(body) })
    return true
  }

  return {
    read: name => attempt(() => read(name)),
    write: (name, record) => attempt(() => write(name, record)),
  }
}
