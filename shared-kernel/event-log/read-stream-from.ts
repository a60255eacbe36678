import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { RecordedEvent } from './commit.ts'
import type { CommitStore } from './commit-store.ts'
import { decodeCommit, type UndecodableCommit } from './decode-commit.ts'
import type { EventLogFault } from './event-log.ts'

const corrupt = (message: string): EventLogFault => ({ _tag: 'EventLogFault', kind: 'corrupt', message })

const undecodable = ({ position: { p, n }, why }: UndecodableCommit): EventLogFault =>
  corrupt(`the commit at partition ${p}, position ${n} cannot be read: ${why}`)

const isDense = (events: ReadonlyArray<RecordedEvent>): boolean =>
  events.every(({ version }, index) => version === (events[0]?.version ?? 0) + index)

/** Events of one stream with version >= `fromVersion`, decoded, in order and without a gap. */
export const readStreamFrom = (
  store: CommitStore,
  stream: string,
  fromVersion: number,
): E.Either<EventLogFault, ReadonlyArray<RecordedEvent>> =>
  pipe(
    store.streamFrom(stream, fromVersion),
    RA.traverse(E.Applicative)(decodeCommit),
    E.bimap(undecodable, commits => commits.flat().filter(({ version }) => version >= fromVersion)),
    E.filterOrElse(isDense, () => corrupt(`stream ${stream} has a gap after version ${fromVersion - 1}`)),
  )
