import type { CollectedFiles } from '@runledger/sandbox/sandbox.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFileParts } from './output-files.ts'

const kibibyte = 1024
const nothing: CollectedFiles = { files: [], leftOut: [], leftOutInAll: 0 }

const partsOf = (collected: CollectedFiles, bytes: number) => {
  const files = createFileParts(collected)
  const parts = [files.take(bytes)]
  while (files.size() > 0) parts.push(files.take(bytes))
  return parts
}

const sizes = fc.array(fc.oneof(fc.constantFrom(0, 1, 48 * kibibyte, 48 * kibibyte + 1), fc.nat(300 * kibibyte)), {
  maxLength: 6,
})

describe('given any files', () => {
  it('takes each byte of them once, in order, names first, in parts of the size asked for', () =>
    fc.assert(
      fc.property(sizes, fc.integer({ min: 64 * kibibyte, max: 400 * kibibyte }), (all, bytes) => {
        const files = all.map((size, n) => ({ path: `file ${n}`, size, content: new Uint8Array(size).fill(n + 1) }))
        const parts = partsOf({ ...nothing, files }, bytes)
        expect(parts[0]?.collected).toMatchObject({ sizes: all, paths: files.map(({ path }) => path) })
        expect(parts.slice(1).every(({ collected }) => collected === null)).toBe(true)
        const seen = all.map(() => 0)
        for (const { pieces } of parts) {
          const raw = pieces.map(piece => ({ ...piece, bytes: Buffer.from(piece.bytes, 'base64') }))
          expect(raw.reduce((sum, piece) => sum + piece.bytes.length, 0)).toBeLessThanOrEqual(bytes)
          for (const piece of raw) {
            expect(piece.offset).toBe(seen[piece.file])
            expect(piece.bytes.every(byte => byte === piece.file + 1)).toBe(true)
            expect(piece.bytes.length).toBeLessThanOrEqual(48 * kibibyte)
            seen[piece.file] = piece.offset + piece.bytes.length
          }
        }
        expect(seen).toEqual(all)
      }),
      { numRuns: 40 },
    ))

  it('tells which are but the beginning of what was left, and only those', () => {
    const left = (size: number, kept: number) => ({ path: 'a', size, content: new Uint8Array(kept) })
    const [some] = partsOf({ ...nothing, files: [left(2, 2), left(9, 3), left(1, 0)] }, 64 * kibibyte)
    expect(some?.collected).toMatchObject({
      ...{ sizes: [2, 3, 0] },
      cut: [
        { file: 1, size: 9 },
        { file: 2, size: 1 },
      ],
    })
    const [none] = partsOf({ ...nothing, files: [left(2, 2)] }, 64 * kibibyte)
    expect(none?.collected).not.toHaveProperty('cut')
  })

  it('counts their names as well', () => {
    const path = '\u0001'.repeat(1_000)
    const files = Array.from({ length: 64 }, () => ({
      path,
      size: 48 * kibibyte,
      content: new Uint8Array(48 * kibibyte),
    }))
    const [first, second] = partsOf({ ...nothing, files }, 1_024 * kibibyte)
    expect(first?.pieces.length).toBe(13)
    expect(second?.pieces.length).toBe(21)
  })
})

describe('given a program of which none were wanted', () => {
  it('has nothing to record', () => {
    const files = createFileParts(undefined)
    expect(files.size()).toBe(0)
    expect(files.take(1)).toEqual({ collected: null, pieces: [] })
  })
})
