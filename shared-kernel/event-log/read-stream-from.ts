import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { RecordedEvent, StoredCommit } from './commit.ts'
import { decodeCommit, type UndecodableCommit } from './decode-commit.ts'
import type { EventLogFault } from './event-log.ts'

const corrupt = (message: string): EventLogFault => ({ _tag: 'EventLogFault', kind: 'corrupt', message })

const undecodable = ({ position: { p, n }, why }: UndecodableCommit): EventLogFault =>
  corrupt(`the commit at partition ${p}, position ${n} cannot be read: ${why}`)

const isDense =
  (from: number) =>
  (events: ReadonlyArray<RecordedEvent>): boolean =>
    events.every(({ version }, index) => version === Math.max(1, from) + index)

/** The events with version >= `fromVersion` that commits of one stream hold, decoded, in order and without a gap. */
export const readStreamFrom = (
  commits: ReadonlyArray<StoredCommit>,
  stream: string,
  fromVersion: number,
): E.Either<EventLogFault, ReadonlyArray<RecordedEvent>> =>
  pipe(
    commits,
    RA.traverse(E.Applicative)(decodeCommit),
    E.bimap(undecodable, decoded => decoded.flat().filter(({ version }) => version >= fromVersion)),
    E.filterOrElse(isDense(fromVersion), () => corrupt(`stream ${stream} has a gap after version ${fromVersion - 1}`)),
  )
