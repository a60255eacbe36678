import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { SealedContent } from './result-body.ts'

/** What an event holds sealed, as it stays: nothing in plain text outlives the key. */
export const sealedIn = ({ id }: RecordedEvent, { sealed }: Readonly<{ sealed: string }>): SealedContent => ({
  event: id,
  text: sealed,
})
