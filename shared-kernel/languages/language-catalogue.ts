import type { Language } from './language.ts'

/** The languages this installation speaks, now. */
export type LanguageCatalogue = Readonly<{
  all: () => ReadonlyArray<Language>
  /** By name or alias, case-insensitive; null where nobody knows it. */
  find: (nameOrAlias: string) => Language | null
}>
