import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { AcrossStreams } from './across-streams.ts'
import { additionsOf, addTo, factsOf } from './fold-across.ts'

/** The tallies of a whole log at once: what a projection must have come to, however it came there. */
export const tallyLog = (across: AcrossStreams, events: ReadonlyArray<RecordedEvent>): ReadonlyArray<Document> =>
  [...additionsOf(across, events, factsOf(across, events))].flatMap(([id, placed]) => addTo(id, null, placed) ?? [])
