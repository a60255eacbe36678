import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LeaseStore } from './lease-store.ts'
import type { RecordStore } from './record-store.ts'

type Json = string | number | boolean | null | ReadonlyArray<Json> | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** A document of a collection. `version` is the version of the stream it was folded from: its guard. */
export type Document = Readonly<{ id: string; version: number; body: JsonObject }>

/**
 * A document is a fold of the first `version` events of one stream, so the higher version is the truer one.
 * `put`: written where the stored version is at least `expected` (0: also where it is absent) and below the document's;
 * anything else is a duplicate or a deposed writer and is skipped. `insert`: an immutable row, ignored where the id
 * exists. `delete`: where the stored version is at least `expected`; an id once deleted is not used again.
 */
export type Write = Readonly<
  | { kind: 'put'; collection: string; document: Document; expected: number }
  | { kind: 'insert'; collection: string; document: Document }
  | { kind: 'delete'; collection: string; id: string; expected: number }
>

/**
 * A projection's progress in one partition: everything up to position `n` has been applied. The highest `fence` ever
 * written is remembered with it, also where `n` does not move; a lower one is that of a deposed writer. Without a fence
 * nobody is deposed.
 */
export type Checkpoint = Readonly<{ projection: string; partition: number; n: number; fence?: number }>

/** Partitions whose checkpoint stayed where it was, since a writer with a higher fence has taken over. */
export type Applied = Readonly<{ deposed: ReadonlyArray<number> }>

/** Names of collections and body members: `[A-Za-z][A-Za-z0-9_]*`. */
export type CollectionSpec = Readonly<{
  name: string
  /** Each entry is one index: body members in order, then the document id. */
  indexes: ReadonlyArray<ReadonlyArray<string>>
}>

/** Text from `from` on and below `below`; null: no bound. */
type Range = Readonly<{ member: string; from: string | null; below: string | null }>

export type Query = Readonly<{
  collection: string
  /** Equality on indexed body members. */
  where: Readonly<Record<string, string | number>>
  /**
   * Sorted by this member, which holds text in every document, and by document id where it is equal. The members of
   * `where` and then this one are an index, in that order. Absent: sorted by document id alone.
   */
  by?: Range
  /** Only documents whose id begins with this ASCII text. */
  prefix?: string
  order: 'ascending' | 'descending'
  /** Only documents beyond this id, in the direction of `order`; where `by` is given its bounds are what pages go by. */
  after: string | null
  limit: number
}>

export type ReadModelStoreFault = Readonly<{
  _tag: 'ReadModelStoreFault'
  kind: 'full' | 'unreachable'
  message: string
}>

/** Where projections keep what clients read. Everything in it can be rebuilt from the log. */
export type ReadModelStore = Readonly<{
  /** Creates the collection and its indexes where they are absent. */
  ensure: (collection: CollectionSpec) => TaskEither<ReadModelStoreFault, void>
  /** A collection that was never made, or was dropped, holds nothing; to write to it is a defect. */
  get: (collection: string, id: string) => TaskEither<ReadModelStoreFault, Document | null>
  find: (query: Query) => TaskEither<ReadModelStoreFault, ReadonlyArray<Document>>
  /** Positions of one projection, by partition; absent: 0. */
  checkpoints: (projection: string) => TaskEither<ReadModelStoreFault, ReadonlyMap<number, number>>
  /**
   * Applies the writes, inserts first, then moves the checkpoints forward (never backward). A crash between leaves
   * duplicates, which the guards skip, and never a document without the rows that were written with it. Writes of a deposed writer may be applied: the guards hold whoever writes.
   */
  apply: (
    writes: ReadonlyArray<Write>,
    checkpoints: ReadonlyArray<Checkpoint>,
  ) => TaskEither<ReadModelStoreFault, Applied>
  drop: (collection: string) => TaskEither<ReadModelStoreFault, void>
  /** Which process projects what, where several share the store. */
  leases: LeaseStore
  /** Which generation of each projection is read, and the state of the others. */
  records: RecordStore
  close: () => Promise<void>
}>
