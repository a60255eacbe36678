import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CommitContent } from '../commit.ts'
import type { PageBounds } from '../page-limit.ts'
import type { ReadOptions } from '../stored-order.ts'
import { LateCommit, type Rest } from './late-commit.ts'

// As arrays, without the columns that nobody asks for: this is where a walk through the whole log spends its time.
type StoredRow = readonly [
  place: number,
  p: number,
  n: number,
  s: string,
  v: number,
  k: number,
  /** Null where they are many bytes: those are read when they are wanted, one by one. */
  events: string | null,
  /** Null, and what follows left out, where they are read when they are wanted. */
  meta: string | null,
  recordedAt?: string,
  hash?: string,
]

// To step from row to row costs more than a row does; of what is read ahead, nothing is large.
const together = { rows: 64, bytes: 16_384 }

const rowsBehind = (db: DatabaseSync, rest: string): StatementSync => {
  const rows = db.prepare(
    `SELECT rowid, p, n, s, v, k, iif(octet_length(events) <= ${together.bytes}, events, NULL), ${rest}
     FROM commits WHERE rowid > ? ORDER BY rowid LIMIT ${together.rows}`,
  )
  rows.setReturnArrays(true)
  return rows
}

/**
 * Commits by the place of their row: rows are only ever added, each behind those that are there. The row is what STRICT
 * and NOT NULL let in, as with `sqliteCommitStore`.
 */
export const readAsStored = (db: DatabaseSync, partitions: number) => {
  const nextOf = db.prepare('SELECT rowid AS place FROM commits WHERE p = ? AND n > ? ORDER BY n LIMIT 1')
  const eventsAt = db.prepare('SELECT events FROM commits WHERE rowid = ?')
  const restAt = db.prepare('SELECT meta, recordedAt, hash FROM commits WHERE rowid = ?')

  const contentOf = ([place, p, n, s, v, k, small, meta, recordedAt, hash]: StoredRow): CommitContent => {
    const events = small ?? String(eventsAt.get(place)?.['events'])
    if (meta !== null && recordedAt !== undefined && hash !== undefined)
      return { p, n, s, v, k, events, meta, recordedAt, hash }
    return new LateCommit({ p, n, s, v, k, events, meta }, () => restAt.get(place) as Rest)
  }

  const firstPlace = (after: ReadonlyMap<number, number>): number => {
    let first = Number.MAX_SAFE_INTEGER
    for (let p = 0; p < partitions; p += 1)
      first = Math.min(first, Number(nextOf.get(p, after.get(p) ?? 0)?.['place'] ?? first))
    return first
  }

  return (after: ReadonlyMap<number, number>, { late }: ReadOptions) => {
    const rows = rowsBehind(db, late ? 'iif(v = 1, meta, NULL)' : 'meta, recordedAt, hash')
    const isWanted = ({ p, n }: CommitContent): boolean => n > (after.get(p) ?? 0)
    let place = firstPlace(after) - 1
    let ahead: Array<StoredRow> = []

    const nextRow = (): StoredRow | undefined => {
      if (ahead.length === 0) ahead = (rows.all(place) as unknown as Array<StoredRow>).reverse()
      const row = ahead.pop()
      place = row?.[0] ?? place
      return row
    }

    return ({ bytes, most }: PageBounds): ReadonlyArray<CommitContent> => {
      const page: Array<CommitContent> = []
      let held = 0
      for (let row = nextRow(); row !== undefined; row = nextRow()) {
        const commit = contentOf(row)
        if (!isWanted(commit)) continue
        held += commit.events.length
        if (page.push(commit) >= most || held >= bytes) break
      }
      return page
    }
  }
}
