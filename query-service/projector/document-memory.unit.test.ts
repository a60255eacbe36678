import { describe, expect, it } from 'vitest'
import { documentMemory } from './document-memory.ts'

const document = (id: string, version: number) => ({ id, version, body: {} })

describe('remembered documents', () => {
  it('are given for the event that follows right behind, and for no other', () => {
    const memory = documentMemory(10)
    memory.remember([document('a', 2)])
    expect(memory.recall('a', 3)).toStrictEqual(document('a', 2))
    expect(memory.recall('a', 2)).toBeNull()
    expect(memory.recall('a', 4)).toBeNull()
    expect(memory.recall('b', 1)).toBeNull()
  })

  it('are those written last', () => {
    const memory = documentMemory(2)
    memory.remember([document('a', 1), document('b', 1), document('a', 2), document('c', 1)])
    expect(memory.recall('b', 2)).toBeNull()
    expect(memory.recall('a', 3)).not.toBeNull()
    expect(memory.recall('c', 2)).not.toBeNull()
  })

  it('are given as they were written last to whom no event leads', () => {
    const memory = documentMemory(2)
    memory.remember([document('a', 1), document('a', 5)])
    expect(memory.latest('a')).toStrictEqual(document('a', 5))
    expect(memory.latest('b')).toBeNull()
  })

  it('can be forgotten', () => {
    const memory = documentMemory(2)
    memory.remember([document('a', 1)])
    memory.forget()
    expect(memory.recall('a', 2)).toBeNull()
    expect(memory.latest('a')).toBeNull()
  })
})
