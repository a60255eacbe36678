import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Announcement, LanguageRegistry } from '../language-registry.ts'

/** A registry of this process alone, for tests. */
export const openInMemoryLanguageRegistry = (): LanguageRegistry => {
  const entries = new Map<string, Announcement>()
  const byWorker = (one: Announcement, other: Announcement) => (one.workerId < other.workerId ? -1 : 1)
  return {
    announce: announcement => TE.fromIO(() => void entries.set(announcement.workerId, announcement)),
    read: () => TE.fromIO(() => [...entries.values()].toSorted(byWorker)),
    retire: ({ workerId, incarnation, beat }) =>
      TE.fromIO(() => {
        const entry = entries.get(workerId)
        if (entry?.incarnation === incarnation && entry.beat === beat) entries.delete(workerId)
      }),
    close: async () => undefined,
  }
}
