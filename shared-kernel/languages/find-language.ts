import type { Language } from './language.ts'

/** By name or alias, in any case; null where nobody knows it. */
export const findLanguage = (languages: ReadonlyArray<Language>, nameOrAlias: string): Language | null => {
  const word = nameOrAlias.toLowerCase()
  return languages.find(({ name, aliases }) => name === word || aliases.includes(word)) ?? null
}
