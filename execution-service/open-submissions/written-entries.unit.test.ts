import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { right } from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { beforeEach, describe, expect, it } from 'vitest'
import { writtenEntries } from './written-entries.ts'

const stored: Document = { id: 'a', version: 7, body: {} }
const entry: Document = { id: 'a', version: 2, body: { written: true } }

describe('given an entry that was just written', () => {
  let asked: Array<string>
  let written: ReturnType<typeof writtenEntries>

  beforeEach(() => {
    asked = []
    const get = (collection: string, id: string) => {
      asked.push(`${collection} ${id}`)
      return TE.right(stored)
    }
    written = writtenEntries({ get }, 'open')
    written.note([{ kind: 'put', collection: 'open', document: entry, expected: 0 }])
  })

  it('is not read for the event that follows right behind', async () => {
    expect(await written.before('a', 3)()).toStrictEqual(right(entry))
    expect(asked).toStrictEqual([])
  })

  it.each([2, 4])('is read for any other, such as one of version %i', async version => {
    expect(await written.before('a', version)()).toStrictEqual(right(stored))
    expect(asked).toStrictEqual(['open a'])
  })

  it('is read again once it was deleted', async () => {
    written.note([{ kind: 'delete', collection: 'open', id: 'a', expected: 2 }])
    expect(await written.before('a', 3)()).toStrictEqual(right(stored))
  })

  it('is nothing before the first event of its stream', async () => {
    expect(await written.before('b', 1)()).toStrictEqual(right(null))
    expect(asked).toStrictEqual([])
  })
})
