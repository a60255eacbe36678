import type { LanguageImages } from '@runledger/sandbox/images/language-images.ts'
import type { Part } from '@runledger/shared-kernel/health/readiness.ts'

/** Whether the languages in `first`, without which the service is not ready, have their images. */
export const languagesPart = (images: Pick<LanguageImages, 'statuses'>, first: ReadonlyArray<string>): Part => ({
  part: 'languages',
  problems: images
    .statuses()
    .filter(({ definition, state }) => first.includes(definition.name) && state !== 'ready')
    .map(({ definition, problem }) => `${definition.name}: ${problem ?? 'is still being built'}`),
})
