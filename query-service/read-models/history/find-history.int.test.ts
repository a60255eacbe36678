import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { findText, findValues } from '@runledger/shared-kernel/read-model-store/sqlite/collection-statements.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectionsOf } from '../../projector/projection.ts'
import { type HistoryFilter, historyRange } from './find-history.ts'
import { historyProjection } from './history-projection.ts'

let folder: string
let database: DatabaseSync
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runledger-history-'))
  const file = join(folder, 'read-models.sqlite')
  const opened = await openSqliteReadModelStore({ file })()
  if (isLeft(opened)) throw new Error(opened.left.message)
  for (const collection of collectionsOf(historyProjection)) await opened.right.ensure(collection)()
  await opened.right.close()
  database = new DatabaseSync(file)
})
afterAll(async () => {
  database.close()
  await rm(folder, { recursive: true })
})

const subsets = <A>([first, ...others]: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> => {
  if (first === undefined) return [[]]
  return subsets(others).flatMap(subset => [subset, [first, ...subset]])
}

const filters: ReadonlyArray<HistoryFilter> = subsets<Partial<HistoryFilter>>([
  { status: 'completed' },
  { language: 'python' },
  { outcome: 'success' },
  { from: '2026-01-01T00:00:00.000Z' },
  { to: '2026-02-01T00:00:00.000Z' },
]).map(parts => Object.assign({ tenant: 'anonymous' }, ...parts))

const planOf = (filter: HistoryFilter, before: string | null): ReadonlyArray<string> => {
  const query = historyRange(historyProjection, { filter, before, limit: 20 })
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${findText(query)}`).all(...findValues(query))
  return plan.map(({ detail }) => String(detail))
}

describe('a page of the history', () => {
  it.each(filters)('is one range of one index, given %o', filter => {
    const members = Object.keys(filter).filter(member => member !== 'from' && member !== 'to')
    const equalities = members.map(() => '<expr>=?').join(' AND ')
    for (const before of [null, '2026-01-15T00:00:00.000Z x']) {
      const isBelow = before !== null || filter.to !== undefined
      const bounds = [...(filter.from === undefined ? [] : [' AND <expr>>?']), ...(isBelow ? [' AND <expr><?'] : [])]
      expect(planOf(filter, before)).toStrictEqual([
        expect.stringMatching(/^SEARCH collection_history__v1 USING INDEX /),
      ])
      expect(planOf(filter, before)[0]).toContain(`(${equalities}${bounds.join('')})`)
    }
  })
})
