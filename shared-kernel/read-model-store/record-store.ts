import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { JsonObject, ReadModelStoreFault } from './read-model-store.ts'

/** A small document that several processes change. `revision` grows by one with each change. */
export type StoredRecord = Readonly<{ revision: number; body: JsonObject }>

/** Records changed by compare-and-set: whoever has not seen the newest revision changes nothing. */
export type RecordStore = Readonly<{
  /** Null where it was never written. */
  read: (name: string) => TaskEither<ReadModelStoreFault, StoredRecord | null>
  /**
   * Writes the body where the stored revision is still the one given (0: never written), which then grows by one.
   * False where another was faster. After a fault `read` tells whether it came to pass.
   */
  write: (name: string, record: StoredRecord) => TaskEither<ReadModelStoreFault, boolean>
}>
