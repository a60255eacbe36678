import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base64Size, decodeBytes, encodeBytes } from './encoded-bytes.ts'

const bytes = fc.oneof(
  fc.uint8Array(),
  fc.string({ unit: 'binary' }).map(text => new Uint8Array(Buffer.from(text))),
)

describe('encoded bytes', () => {
  it('come back as they were, and JSON at most doubles them', () => {
    void fc.assert(
      fc.property(bytes, original => {
        const encoded = encodeBytes(original)
        expect(new Uint8Array(decodeBytes(encoded))).toStrictEqual(original)
        expect(Buffer.byteLength(JSON.stringify(encoded.content))).toBeLessThanOrEqual(2 * original.length + 4)
      }),
    )
  })

  it.each([
    ['text', 'Hello, World!\n', 'utf8'],
    ['lines', '\n\n\n', 'utf8'],
    ['many NULs', '\0\0\0', 'base64'],
  ])('%s is %s', (_name, content, encoding) => {
    expect(encodeBytes(Buffer.from(content)).encoding).toBe(encoding)
  })

  it('are base64 where they are not UTF-8', () => {
    expect(encodeBytes(Uint8Array.of(0xff))).toStrictEqual({ content: '/w==', encoding: 'base64' })
  })

  it('are a part of a larger buffer where that is what was given', () => {
    expect(encodeBytes(Buffer.from('xaby').subarray(1, 3))).toStrictEqual({ content: 'ab', encoding: 'utf8' })
  })

  it('have a size that is known without decoding them', () => {
    void fc.assert(
      fc.property(fc.uint8Array(), original => {
        expect(base64Size(Buffer.from(original).toString('base64'))).toBe(original.length)
      }),
    )
  })
})
