import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { reservedForMs } from '@runledger/shared-kernel/sealing/key-reserve.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'

/** Which submissions are so new that nothing of them can have been projected yet. */
export type YetToCome = Readonly<{
  /** These have been projected here. */
  note: (events: ReadonlyArray<Pick<RecordedEvent, 'stream' | 'version'>>) => void
  /** True for an id so young that it would be remembered, had anything of it been projected. */
  has: (submissionId: SubmissionId) => boolean
  /** Others may have projected meanwhile. */
  forget: () => void
}>

// At a thousand a second what came within two seconds is remembered, and twice as much at times.
const remembered = 2048

/** Hosts' clocks are not one. A clock that is further off costs its submissions a look into the store. */
const clocksApartMs = 1000

/** A UUIDv7 begins with the time; null for an id that tells none. */
const madeAt = (id: SubmissionId): number | null =>
  id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null

/**
 * An id is made when its key is, up to a minute before it is given to a client (0040). Of a submission that was made since
 * everything projected here is remembered, and is not remembered, nothing has been projected. Two sets take turns.
 */
export const yetToCome = (now: () => number): YetToCome => {
  let newer = new Set<string>()
  let older = new Set<string>()
  let newerSince = now()
  let olderSince = newerSince

  const noteOne = (stream: string): void => {
    if (newer.size >= remembered) {
      ;[older, olderSince] = [newer, newerSince]
      ;[newer, newerSince] = [new Set(), now()]
    }
    newer.add(stream)
  }

  return {
    note: events => {
      for (const { stream, version } of events) if (version === 1) noteOne(stream)
    },
    has: submissionId => {
      const made = madeAt(submissionId)
      if (made === null || made < olderSince || Math.abs(now() - made) > reservedForMs + clocksApartMs) return false
      const stream = submissionStream(submissionId)
      return !newer.has(stream) && !older.has(stream)
    },
    forget: () => {
      ;[newer, older] = [new Set(), new Set()]
      newerSince = now()
      olderSince = newerSince
    },
  }
}
