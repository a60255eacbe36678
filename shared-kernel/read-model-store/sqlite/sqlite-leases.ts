import type { DatabaseSync } from 'node:sqlite'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { Lease, LeaseStore, Member } from '../lease-store.ts'
import type { ReadModelStoreFault } from '../read-model-store.ts'

type Attempt = <A>(work: () => A) => TaskEither<ReadModelStoreFault, A>

const memberRow = t.strict({ name: t.string, beat: t.number })
const leaseRow = t.strict({ partition: t.number, holder: t.union([t.string, t.null]), token: t.number })

const memberOf = (row: unknown): Member => {
  if (!memberRow.is(row)) throw new Error('a row of the members has another shape')
  return { name: row.name, beat: row.beat }
}

const leaseOf = (row: unknown): Lease => {
  if (!leaseRow.is(row)) throw new Error('a row of the leases has another shape')
  return { partition: row.partition, holder: row.holder, token: row.token }
}

const schema = `
  CREATE TABLE IF NOT EXISTS members
    ("group" TEXT NOT NULL, name TEXT NOT NULL, beat INTEGER NOT NULL, PRIMARY KEY ("group", name))
    STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS leases
    ("group" TEXT NOT NULL, partition INTEGER NOT NULL, holder TEXT, token INTEGER NOT NULL,
     PRIMARY KEY ("group", partition))
    STRICT, WITHOUT ROWID;`

export const createSqliteLeases = (database: DatabaseSync, attempt: Attempt): LeaseStore => {
  database.exec(schema)
  const members = database.prepare('SELECT name, beat FROM members WHERE "group" = ? ORDER BY name')
  const leases = database.prepare('SELECT partition, holder, token FROM leases WHERE "group" = ? ORDER BY partition')
  const beat = database.prepare(
    'INSERT INTO members ("group", name, beat) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET beat = beat + 1',
  )
  const remove = database.prepare('DELETE FROM members WHERE "group" = ? AND name = ? AND beat = ?')
  const first = database.prepare(
    'INSERT INTO leases ("group", partition, holder, token) VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING',
  )
  const pass = database.prepare(
    'UPDATE leases SET holder = ?3, token = token + 1 WHERE "group" = ?1 AND partition = ?2 AND token = ?4',
  )

  const hand = (group: string, { partition, holder, token }: Lease): number | null => {
    const { changes } = token === 0 ? first.run(group, partition, holder) : pass.run(group, partition, holder, token)
    return changes === 1 ? token + 1 : null
  }

  return {
    read: group =>
      attempt(() => ({ members: members.all(group).map(memberOf), leases: leases.all(group).map(leaseOf) })),
    beat: (group, name) => attempt(() => void beat.run(group, name)),
    remove: (group, { name, beat: last }) => attempt(() => void remove.run(group, name, last)),
    hand: (group, lease) => attempt(() => hand(group, lease)),
  }
}
