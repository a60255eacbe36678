import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { language } from '../language.ts'
import type { Announcement } from '../language-registry.ts'

/** As it lies in the database: the languages as text, so that the database has no say in what they mean. */
export type StoredAnnouncement = Readonly<{ _id: string; incarnation: string; beat: number; languages: string }>

const stored = t.type({ _id: t.string, incarnation: t.string, beat: t.number, languages: t.string })

const languages = t.readonlyArray(language)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const encodeAnnouncement = ({ workerId, languages, ...life }: Announcement): StoredAnnouncement => ({
  _id: workerId,
  ...life,
  languages: JSON.stringify(languages),
})

/** Left: the worker whose entry cannot be read, being damaged or of another version. */
export const decodeAnnouncement = (document: Readonly<{ _id: string }>): Either<string, Announcement> => {
  const entry = stored.decode(document)
  if (isLeft(entry)) return left(String(document._id))
  const spoken = languages.decode(parsed(entry.right.languages))
  if (isLeft(spoken)) return left(entry.right._id)
  const { _id: workerId, incarnation, beat } = entry.right
  return right({ workerId, incarnation, beat, languages: spoken.right })
}
