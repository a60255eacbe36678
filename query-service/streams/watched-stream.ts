import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

type ReadFrom = (version: number) => Promise<Either<EventLogFault, ReadonlyArray<RecordedEvent>>>

/** One reader of one stream, from its catch-up on. */
export type WatchedStream = Readonly<{
  /** Of an event of this stream, wherever it came from: what was seen before is passed over. */
  deliver: (event: RecordedEvent) => void
  /** Events that have not been answered yet, in order; waits for one. None: it has been ended. */
  next: () => Promise<Either<EventLogFault, ReadonlyArray<RecordedEvent>>>
  end: () => void
}>

const mostQueued = 64

/**
 * Reads the stream after `version` from the log, then takes what is delivered. Whatever does not follow on what it has,
 * or is too much to keep for a slow reader, is left to the log: it is read again from where the reader is.
 */
export const watchStream = (version: number, readFrom: ReadFrom): WatchedStream => {
  let seen = version
  let queue: ReadonlyArray<RecordedEvent> = []
  let isBehind = true
  let ended = false
  let wake = (): void => undefined

  const fallBehind = (): void => {
    queue = []
    isBehind = true
  }

  const deliver = (event: RecordedEvent): void => {
    const last = queue.at(-1)?.version ?? seen
    if (isBehind || event.version <= last) return
    if (event.version > last + 1 || queue.length >= mostQueued) fallBehind()
    else queue = [...queue, event]
    wake()
  }

  const take = (): ReadonlyArray<RecordedEvent> => {
    const taken = queue
    queue = []
    seen = taken.at(-1)?.version ?? seen
    return taken
  }

  // From here on deliveries are kept: what is appended while the log is read is in neither or both, never lost.
  const catchUp = async (): Promise<Either<EventLogFault, ReadonlyArray<RecordedEvent>>> => {
    isBehind = false
    const read = await readFrom(seen + 1)
    if (isLeft(read)) return read
    seen = Math.max(seen, read.right.at(-1)?.version ?? 0)
    queue = queue.filter(event => event.version > seen)
    return read
  }

  const woken = (): Promise<void> =>
    new Promise(resolve => {
      wake = resolve
    })

  /** Null where there is nothing now. */
  const now = async (): Promise<Either<EventLogFault, ReadonlyArray<RecordedEvent>> | null> => {
    const read = isBehind ? await catchUp() : right([])
    if (isLeft(read) || read.right.length > 0) return read
    return queue.length > 0 ? right(take()) : null
  }

  const next: WatchedStream['next'] = async () => {
    while (!ended) {
      const events = await now()
      if (events !== null) return events
      if (!isBehind && queue.length === 0 && !ended) await woken()
    }
    return right([])
  }

  const end = (): void => {
    ended = true
    wake()
  }

  return { deliver, next, end }
}
