import { isLeft } from 'fp-ts/lib/Either.js'
import type { Logger } from '../logger/logger.ts'
import { findLanguage } from './find-language.ts'
import type { Language } from './language.ts'
import type { LanguageCatalogue } from './language-catalogue.ts'
import type { LanguageRegistry } from './language-registry.ts'
import { observeAnnouncements } from './living-announcements.ts'
import { mergeLanguages } from './merge-languages.ts'

type Options = Readonly<{
  registry: Pick<LanguageRegistry, 'read'>
  logger: Pick<Logger, 'info'>
  monotonic?: () => number
  refreshMs?: number
  /** A worker that does not stir for so long speaks no more. */
  ageMs?: number
}>

export type RegistryCatalogue = LanguageCatalogue &
  Readonly<{
    /** Begins to read the registry; resolves after the first look. */
    start: () => Promise<void>
    stop: () => void
  }>

const defaultRefreshMs = 1000
const defaultAgeMs = 30_000

const namesOf = (languages: ReadonlyArray<Language>) =>
  languages.map(({ name, state }) => (state === 'ready' ? name : `${name} (${state})`)).join(', ')

/**
 * What the workers say they speak, read over and over. While the registry does not answer, or no worker lives, what was
 * last known holds: submissions are taken and wait.
 */
export const createRegistryCatalogue = (options: Options): RegistryCatalogue => {
  const { registry, logger, refreshMs = defaultRefreshMs, ageMs = defaultAgeMs } = options
  const observer = observeAnnouncements({ monotonic: options.monotonic ?? (() => performance.now()), ageMs })
  let languages: ReadonlyArray<Language> = []
  let timer: NodeJS.Timeout | null = null
  let stopped = false

  const learn = (merged: ReadonlyArray<Language>): void => {
    if (namesOf(merged) !== namesOf(languages)) logger.info({ languages: namesOf(merged) }, 'the languages changed')
    languages = merged
  }

  const refresh = async (): Promise<void> => {
    const read = await registry.read()()
    if (isLeft(read)) return
    const { living } = observer.see(read.right)
    if (living.length > 0) learn(mergeLanguages(living))
    else if (languages.length === 0) learn(mergeLanguages(read.right))
  }

  const keepRefreshing = async (): Promise<void> => {
    await refresh()
    if (!stopped) timer = setTimeout(() => void keepRefreshing(), refreshMs)
  }

  return {
    all: () => languages,
    find: nameOrAlias => findLanguage(languages, nameOrAlias),
    start: keepRefreshing,
    stop: () => {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
