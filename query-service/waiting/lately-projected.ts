import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { isPlainContent } from '@runledger/shared-kernel/sealing/seal-event.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { createRecent } from '@runledger/shared-kernel/types/recent.ts'
import { getOrElseW, tryCatch } from 'fp-ts/lib/Either.js'
import { foldResult } from '../read-models/result/fold-result.ts'
import type { Result } from '../read-models/result/result.ts'

/** Whole streams of submissions this process has just projected: who waits for them need not ask the store. */
export type LatelyProjected = Readonly<{
  /** What the read model now holds, stream by stream in order. */
  note: (events: ReadonlyArray<RecordedEvent>) => void
  /** As the read model holds it, whatever its partition's other owners did since; null where that takes a look. */
  recall: (submissionId: SubmissionId) => Result | null
  /** Others may have projected meanwhile. */
  forget: () => void
}>

type Known = Readonly<{ events: ReadonlyArray<RecordedEvent>; size: number }>

const streamsKept = 256
// A program's text and output, where they are short.
const longest = 8 * 1024

const nothing: Known = { events: [], size: 0 }

const notKept: Known = { events: [], size: Number.POSITIVE_INFINITY }

const sizeOf = ({ event }: RecordedEvent): number => {
  if ('sealed' in event.data) return event.data.sealed.length
  return isPlainContent(event) ? JSON.stringify(event.data).length : 0
}

// What cannot be folded is parked, and the read model stays at what came before.
const folded = (events: ReadonlyArray<RecordedEvent>): Result | null =>
  getOrElseW(() => null)(
    tryCatch(
      () => foldResult(events),
      () => null,
    ),
  )

export const latelyProjected = (): LatelyProjected => {
  let streams = createRecent<Known>(streamsKept)

  const noteOne = (recorded: RecordedEvent): void => {
    const { stream, version } = recorded
    const known = version === 1 ? nothing : streams.get(stream)
    if (known === undefined) return
    const size = known.size + sizeOf(recorded)
    const isWhole = version === known.events.length + 1 && size <= longest
    streams.set(stream, isWhole ? { events: [...known.events, recorded], size } : notKept)
  }

  return {
    note: events => events.forEach(noteOne),
    recall: submissionId => {
      const known = streams.get(submissionStream(submissionId))
      return known === undefined || known === notKept ? null : folded(known.events)
    },
    forget: () => {
      streams = createRecent(streamsKept)
    },
  }
}
