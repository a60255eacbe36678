import { describe, expect, it } from 'vitest'
import type { Write } from '../read-model-store.ts'
import { writeRounds } from './write-rounds.ts'

const row = (id: string): Write => ({ kind: 'insert', collection: 'rows', document: { id, version: 1, body: {} } })
const put = (id: string, version = 1): Write => ({
  kind: 'put',
  collection: 'documents',
  document: { id, version, body: {} },
  expected: version - 1,
})

describe('the rounds of writes', () => {
  it('put the rows of all documents before any document', () => {
    expect(writeRounds([put('a'), row('b1'), put('b')])).toStrictEqual([[row('b1')], [put('a'), put('b')]])
  })

  it('keep writes to one document in their order', () => {
    expect(writeRounds([put('a'), put('a', 2), put('b')])).toStrictEqual([[put('a'), put('b')], [put('a', 2)]])
  })

  it('are none where nothing is written', () => {
    expect(writeRounds([])).toStrictEqual([])
  })
})
