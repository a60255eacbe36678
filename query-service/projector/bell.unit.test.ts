import { expect, it } from 'vitest'
import { createBell } from './bell.ts'

const long = 60_000

it('is heard by who waits', async () => {
  const bell = createBell()
  const heard = bell.heard(long)
  bell.ring()
  expect(await heard).toBe(true)
})

it('is heard by who comes later, once', async () => {
  const bell = createBell()
  bell.ring()
  bell.ring()
  expect(await bell.heard(long)).toBe(true)
  expect(await bell.heard(1)).toBe(false)
})

it('is not heard when nobody rings', async () => {
  expect(await createBell().heard(1)).toBe(false)
})
