import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentHash } from './content-hash.ts'

const file = (name: string, content: string) => ({ name, content: Buffer.from(content) })

describe('a content hash', () => {
  it('is sixteen hex digits, the same for the same content', () => {
    expect(contentHash('a', file('b', 'c'))).toMatch(/^[0-9a-f]{16}$/)
    expect(contentHash('a', file('b', 'c'))).toBe(contentHash('a', file('b', 'c')))
  })

  it('differs where the same bytes are cut into other parts', () => {
    const part = fc.string({ minLength: 1 })
    void fc.assert(
      fc.property(part, part, (left, right) => {
        expect(contentHash(left, right)).not.toBe(contentHash(left + right))
        expect(contentHash(left, right)).not.toBe(contentHash('', left + right))
      }),
    )
  })

  it('changes with a name or a byte of a file', () => {
    const hashes = [file('a', 'x'), file('b', 'x'), file('a', 'y'), file('a', '')].map(part => contentHash(part))
    expect(new Set(hashes).size).toBe(4)
  })
})
