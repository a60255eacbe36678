import { expect, it } from 'vitest'
import { pooledRandomBytes } from './random-bytes.ts'

it('gives as many bytes as asked for, and none of them twice', () => {
  const sizes = [12, 32, 8000, 12, 20_000, ...Array.from({ length: 2000 }, () => 12)]
  const taken = sizes.map(pooledRandomBytes)
  expect(taken.map(({ length }) => length)).toStrictEqual(sizes)
  expect(new Set(taken.map(bytes => bytes.toString('hex'))).size).toBe(sizes.length)
})

it('leaves alone what was taken', () => {
  const first = pooledRandomBytes(12)
  const before = first.toString('hex')
  for (let i = 0; i < 1000; i++) pooledRandomBytes(32).fill(0)
  expect(first.toString('hex')).toBe(before)
})
