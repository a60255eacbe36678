import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { evolveOpenSubmission } from './evolve-open-submission.ts'
import { type OpenEntry, type OpenSubmission, openSubmission } from './open-submission.ts'

/**
 * What new events of one stream make of its entry: the entry, where it is still open, what it was, where it no longer
 * is, and the write that keeps it.
 */
export type FoldedStream = Readonly<{ entry: OpenEntry | null; ended: OpenSubmission | null; write: Write | null }>

export const foldStream = (
  collection: string,
  id: SubmissionId,
  stored: Document | null,
  events: ReadonlyArray<RecordedEvent>,
): FoldedStream => {
  const fresh = events.filter(({ version }) => version > (stored?.version ?? 0))
  const version = fresh.at(-1)?.version
  if (version === undefined) return { entry: null, ended: null, write: null }
  const before = stored !== null && openSubmission.is(stored.body) ? stored.body : null
  const body = fresh.reduce(evolveOpenSubmission, before)
  const expected = stored?.version ?? 0
  return body === null
    ? { entry: null, ended: before, write: { kind: 'delete', collection, id, expected } }
    : {
        entry: { id, version, body },
        ended: null,
        write: { kind: 'put', collection, document: { id, version, body }, expected },
      }
}
