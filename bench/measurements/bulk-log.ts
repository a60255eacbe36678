import { randomUUID } from 'node:crypto'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import { buildCommit, type Tail } from '@runledger/shared-kernel/event-log/build-commit.ts'
import { genesisHash } from '@runledger/shared-kernel/event-log/chain.ts'
import { partitionOf } from '@runledger/shared-kernel/event-log/partition-of.ts'
import { openDatabase } from '@runledger/shared-kernel/event-log/sqlite/open-database.ts'
import { beginLog } from '@runledger/shared-kernel/event-log/sqlite/open-genesis.ts'
import { sqliteCommitStore } from '@runledger/shared-kernel/event-log/sqlite/sqlite-commit-store.ts'
import type { CommandId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'

const partitions = 64
const commitsPerTransaction = 10_000

/** A log that is written without deciding anything and without a flush, for what is measured on it afterwards. */
export type BulkLog = Readonly<{
  /** Appends events as one commit to a stream that has `version` events. */
  append: (stream: string, version: number, events: ReadonlyArray<DomainEvent>) => void
  close: () => void
}>

/** Begins a log in a new file; its commits are chained like any. */
export const beginBulkLog = (file: string): BulkLog => {
  const db = openDatabase(file)
  const logId = randomUUID()
  beginLog(db, { logId, partitions })
  db.exec('PRAGMA synchronous = OFF')
  const { insert } = sqliteCommitStore(db, logId)
  const tails = new Map<number, Tail>()
  let written = 0
  db.exec('BEGIN')

  const append: BulkLog['append'] = (stream, version, events) => {
    const p = partitionOf(stream, partitions)
    const tail = tails.get(p) ?? { n: 0, hash: genesisHash(logId, p), recordedAt: '' }
    const meta = { correlationId: stream, causationId: stream, actor: 'bench', tenant: 'bench', traceparent: null }
    const now = new Date()
    const transaction = { stream, commandId: randomUUID() as CommandId, meta, occurredAt: now.toISOString() }
    const commit = buildCommit({ logId, p, tail, version, transaction, events, now })
    if (E.isLeft(commit)) throw new Error(commit.left.message)
    insert(commit.right)
    tails.set(p, commit.right)
    written += 1
    if (written % commitsPerTransaction === 0) db.exec('COMMIT; BEGIN')
  }

  const close = (): void => {
    db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
  }
  return { append, close }
}
