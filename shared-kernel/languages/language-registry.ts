import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Language } from './language.ts'

/**
 * What one worker speaks. An `incarnation` is one life of its process; `beat` grows with every announcement of it, so
 * that whoever reads can see by its own clock whether the worker still lives.
 */
export type Announcement = Readonly<{
  workerId: string
  incarnation: string
  beat: number
  languages: ReadonlyArray<Language>
}>

export type LanguageRegistryFault = Readonly<{ _tag: 'LanguageRegistryFault'; message: string }>

/** Where workers say what languages they have, one entry for each worker, the latest. No times are kept. */
export type LanguageRegistry = Readonly<{
  /** Takes the place of what this worker announced before. */
  announce: (announcement: Announcement) => TaskEither<LanguageRegistryFault, void>
  /** In order of worker id. Entries of dead workers are among them. */
  read: () => TaskEither<LanguageRegistryFault, ReadonlyArray<Announcement>>
  /** Takes an entry out, unless the worker has announced itself since. */
  retire: (
    announcement: Pick<Announcement, 'workerId' | 'incarnation' | 'beat'>,
  ) => TaskEither<LanguageRegistryFault, void>
  close: () => Promise<void>
}>
