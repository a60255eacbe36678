import type { LanguageStatus } from '@runledger/sandbox/images/language-images.ts'
import { left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { awaitUsableLanguages } from './await-usable-languages.ts'

type Outcome = Pick<LanguageStatus, 'state' | 'problem'>
const ready: Outcome = { state: 'ready', problem: null }
const building: Outcome = { state: 'building', problem: null }
const failed = (problem: string): Outcome => ({ state: 'failed', problem })

// The second language is not among those that come first: it is settled by `settle` alone.
const imagesOf = (first: Outcome, second: Outcome) => {
  const settled = Promise.withResolvers<void>()
  let outcomes = [first, building]
  const images = {
    firstReady: Promise.resolve(),
    settled: settled.promise,
    statuses: () => outcomes.map(outcome => ({ ...outcome }) as LanguageStatus),
  }
  const settle = () => {
    outcomes = [first, second]
    settled.resolve()
  }
  return { images, settle }
}

describe('given the languages that come first', () => {
  it('does not wait for the others when one is ready', async () => {
    const { images } = imagesOf(ready, building)
    expect(await awaitUsableLanguages(images)).toEqual(right(undefined))
  })

  it('waits for the others when all have failed', async () => {
    const { images, settle } = imagesOf(failed('no room'), ready)
    const usable = awaitUsableLanguages(images)
    settle()
    expect(await usable).toEqual(right(undefined))
  })

  it('says why there is none at all, each reason once', async () => {
    const { images, settle } = imagesOf(failed('no room'), failed('no room'))
    settle()
    expect(await awaitUsableLanguages(images)).toEqual(left('no language can be used: no room'))
  })
})
