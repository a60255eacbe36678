import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { StoredCommit } from './commit.ts'
import type { EventLogFault, Fold, Transaction } from './event-log.ts'
import { readStreamFrom } from './read-stream-from.ts'

type Remembering<State> = Pick<Transaction<State, never>, 'stream' | 'remembered' | 'evolve'>

/** Throws where a fold claims more than its stream holds: it is of another log. */
export const checkRemembered = (
  { stream, remembered }: Readonly<{ stream: string; remembered: Readonly<{ version: number }> }>,
  version: number,
): void => {
  if (remembered.version <= version) return
  throw new RangeError(`${stream} is at version ${version}, a fold of ${remembered.version} is not of this log`)
}

/** The remembered fold and everything the commits after it hold. */
export const broughtUpToDate = <State>(
  { stream, remembered, evolve }: Remembering<State>,
  later: ReadonlyArray<StoredCommit>,
): E.Either<EventLogFault, Fold<State>> =>
  pipe(
    readStreamFrom(later, stream, remembered.version + 1),
    E.map(events => ({
      version: remembered.version + events.length,
      state: events.reduce((state, { event }) => evolve(state, event), remembered.state),
    })),
  )
