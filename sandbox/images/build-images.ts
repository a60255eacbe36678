import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { ReadyImage } from './language-image.ts'
import { type LanguageImagesOptions, openLanguageImages } from './language-images.ts'

/** Builds what is missing and waits for it. Left: what went wrong, language by language; the others are built all the same. */
export const buildImages =
  (options: Omit<LanguageImagesOptions, 'first'>): TaskEither<ReadonlyArray<string>, ReadonlyArray<ReadyImage>> =>
  async () => {
    const images = openLanguageImages({ ...options, first: [] })
    await images.settled
    const problems = images
      .statuses()
      .flatMap(({ definition, problem }) => (problem === null ? [] : [`${definition.name}: ${problem}`]))
    const ready = options.definitions.flatMap(({ name }) => images.find(name) ?? [])
    return problems.length === 0 ? E.right(ready) : E.left(problems)
  }
