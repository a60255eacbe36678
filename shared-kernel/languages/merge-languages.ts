import type { Language } from './language.ts'
import type { Announcement } from './language-registry.ts'

const preference: ReadonlyArray<Language['state']> = ['ready', 'building', 'failed']

const isBetter = (one: Language, other: Language): boolean =>
  preference.indexOf(one.state) < preference.indexOf(other.state)

/** The languages of all workers, each once: as the first worker has it that is furthest with it. */
export const mergeLanguages = (announcements: ReadonlyArray<Announcement>): ReadonlyArray<Language> => {
  const merged = new Map<string, Language>()
  for (const language of announcements.flatMap(({ languages }) => languages)) {
    const known = merged.get(language.name)
    if (known === undefined || isBetter(language, known)) merged.set(language.name, language)
  }
  return [...merged.values()]
}
