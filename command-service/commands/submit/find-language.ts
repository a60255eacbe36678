import type { Problem } from '@runledger/shared-kernel/http/problem.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import * as E from 'fp-ts/lib/Either.js'

const retryAfterBuildSeconds = 5
const retryAfterFailureSeconds = 60

/** The language of a name or alias, if it is known and its programs can run now. */
export const findLanguage = (catalogue: LanguageCatalogue, name: string): E.Either<Problem, Language> => {
  if (catalogue.all().length === 0)
    return E.left(notReady('No worker has announced its languages yet', retryAfterBuildSeconds))
  const language = catalogue.find(name)
  if (language === null) return E.left(unknownLanguage(catalogue))
  switch (language.state) {
    case 'ready':
      return E.right(language)
    case 'building':
      return E.left(notReady(`Language ${language.name} is still being built`, retryAfterBuildSeconds))
    case 'failed':
      return E.left(notReady(`Language ${language.name} could not be built`, retryAfterFailureSeconds))
  }
}

const unknownLanguage = (catalogue: LanguageCatalogue): Problem => {
  const names = catalogue.all().map(({ name }) => name)
  const message = `must be one of ${names.join(', ')}`
  return { status: 422, error: 'Unknown language', detail: `lang ${message}`, errors: [{ field: 'lang', message }] }
}

const notReady = (error: string, seconds: number): Problem => ({
  status: 503,
  error,
  headers: { 'Retry-After': String(seconds) },
})
