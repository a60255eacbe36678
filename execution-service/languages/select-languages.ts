import { findLanguage } from '@runledger/sandbox/languages/find-language.ts'
import type { LanguageDefinition } from '@runledger/sandbox/languages/language-definition.ts'
import { type Either, left, right } from 'fp-ts/lib/Either.js'

/** How many of the languages selected must be there before the server serves; the others follow while it does. */
const servedFirst = 5

/** In order of priority. `first` are the names of those that are waited for. */
export type Selection = Readonly<{ definitions: ReadonlyArray<LanguageDefinition>; first: ReadonlyArray<string> }>

/** Stands for every language not named. */
const everyOther = 'all'

const isKnown = (definition: LanguageDefinition | null): definition is LanguageDefinition => definition !== null

/** The definitions behind the configured names, aliases or `all`, each once; or which names nobody knows. */
export const selectLanguages = (
  known: ReadonlyArray<LanguageDefinition>,
  names: ReadonlyArray<string>,
): Either<string, Selection> => {
  const named = names.filter(name => name !== everyOther)
  const unknown = named.filter(name => findLanguage(known, name) === null)
  if (unknown.length > 0) {
    const all = known.map(({ name }) => name).join(', ')
    return left(`LANGUAGES names ${unknown.join(', ')}; known are ${all}`)
  }
  const others = named.length < names.length ? known : []
  const definitions = [...new Set([...named.map(name => findLanguage(known, name)).filter(isKnown), ...others])]
  return right({ definitions, first: definitions.slice(0, servedFirst).map(({ name }) => name) })
}
