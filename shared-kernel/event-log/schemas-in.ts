import * as t from 'io-ts'
import type { StoredCommit } from './commit.ts'
import { storedEvent } from './stored-event.ts'

const events = t.readonlyArray(storedEvent)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Type and schema of each event of a commit; none where they cannot be read. */
export const schemasIn = (commit: Pick<StoredCommit, 'events'>) => {
  const value = parsed(commit.events)
  return events.is(value) ? value.map(({ type, schema }) => ({ type, schema })) : []
}
