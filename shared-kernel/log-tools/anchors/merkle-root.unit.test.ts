import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merkleRoot } from './merkle-root.ts'

const sha256 = (...parts: ReadonlyArray<Buffer>) => createHash('sha256').update(Buffer.concat(parts)).digest()
const leaf = (text: string) => sha256(Buffer.from([0]), Buffer.from(text))
const node = (left: Buffer, right: Buffer) => sha256(Buffer.from([1]), left, right)

describe('a Merkle root', () => {
  it('is that of RFC 6962', () => {
    const [a, b, c] = [leaf('a'), leaf('b'), leaf('c')]
    expect(merkleRoot(['a'])).toBe(a.toString('hex'))
    expect(merkleRoot(['a', 'b'])).toBe(node(a, b).toString('hex'))
    expect(merkleRoot(['a', 'b', 'c'])).toBe(node(node(a, b), c).toString('hex'))
    expect(merkleRoot(['a', 'b', 'c', 'a', 'b'])).toBe(node(node(node(a, b), node(c, a)), b).toString('hex'))
  })

  it('is another where any text is another', () =>
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 70 }), fc.nat(), (texts, at) => {
        const changed = texts.with(at % texts.length, `${texts[at % texts.length]}!`)
        expect(merkleRoot(changed)).not.toBe(merkleRoot(texts))
      }),
    ))
})
