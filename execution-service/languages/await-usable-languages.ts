import type { LanguageImages } from '@runledger/sandbox/images/language-images.ts'
import { type Either, left, right } from 'fp-ts/lib/Either.js'

type Images = Pick<LanguageImages, 'firstReady' | 'settled' | 'statuses'>

const anyReady = (images: Images) => images.statuses().some(({ state }) => state === 'ready')

/** Waits for the languages that come first, and for the others where none of those can be used. Left: there is none at all. */
export const awaitUsableLanguages = async (images: Images): Promise<Either<string, void>> => {
  await images.firstReady
  if (!anyReady(images)) await images.settled
  if (anyReady(images)) return right(undefined)
  const problems = images.statuses().map(({ problem }) => problem ?? 'it was not built')
  return left(`no language can be used: ${[...new Set(problems)].join('; ')}`)
}
