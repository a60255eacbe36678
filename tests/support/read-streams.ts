import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { readWholeLog } from '@runledger/shared-kernel/event-log/contract/read-whole-log.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'

export type Streams = ReadonlyMap<string, ReadonlyArray<RecordedEvent>>

/** Every stream of the log with its events in order. */
export const readStreams = async (log: EventLog): Promise<Streams> => {
  const commits = (await readWholeLog(log)).flat()
  const events = commits.flatMap(commit => rightOf(decodeCommit(commit)))
  return Map.groupBy(events, ({ stream }) => stream)
}
