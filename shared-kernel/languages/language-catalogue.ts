import type { Limits } from '../types/limits.ts'

type LanguageState = 'ready' | 'building' | 'failed'

/** What the write side and the clients need to know of a language. Factors scale the default limits of a phase. */
export type Language = Readonly<{
  name: string
  aliases: ReadonlyArray<string>
  /** File name given to a submission sent as `code`. */
  fileName: string
  compiled: boolean
  runFactors: Readonly<Partial<Record<keyof Limits, number>>>
  compileFactors: Readonly<Partial<Record<keyof Limits, number>>>
  state: LanguageState
  /** Null until the image is there. */
  version: string | null
  image: string | null
}>

/** The languages this installation speaks, now. */
export type LanguageCatalogue = Readonly<{
  all: () => ReadonlyArray<Language>
  /** By name or alias, case-insensitive; null where nobody knows it. */
  find: (nameOrAlias: string) => Language | null
}>
