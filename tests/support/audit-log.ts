import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { verifyChain } from '@runledger/shared-kernel/event-log/verify-chain.ts'
import { submissionOfStream, submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { readStreams } from './read-streams.ts'

const terminal: ReadonlyArray<string> = ['ExecutionCompleted', 'ExecutionFailed', 'SubmissionCancelled']

export type LogAudit = Readonly<{
  /** Accepted submissions the log does not know. */
  missing: ReadonlyArray<string>
  /** Submissions that have no terminal event, and those that have more than one. */
  open: ReadonlyArray<string>
  doubled: ReadonlyArray<string>
  /** Those with events of an attempt recorded after the next attempt began, and those with a gap in their versions. */
  stale: ReadonlyArray<string>
  gapped: ReadonlyArray<string>
  /** Partitions whose positions are not dense or whose chain does not hold. */
  broken: ReadonlyArray<unknown>
}>

export const soundLog: LogAudit = { missing: [], open: [], doubled: [], stale: [], gapped: [], broken: [] }

const brokenPartitions = async (log: EventLog): Promise<ReadonlyArray<unknown>> => {
  const verdicts = await Promise.all(Array.from({ length: log.partitions }, (_, p) => verifyChain(log, p)()))
  return verdicts.map(rightOf).filter(({ _tag }) => _tag === 'Broken')
}

const ends = (events: ReadonlyArray<RecordedEvent>): number =>
  events.filter(({ event }) => terminal.includes(event.type)).length

const attemptOf = ({ event }: RecordedEvent): number | null => ('attempt' in event.data ? event.data.attempt : null)

const isStale = (events: ReadonlyArray<RecordedEvent>): boolean => {
  let current = 0
  for (const recorded of events) {
    const attempt = attemptOf(recorded)
    if (recorded.event.type === 'ExecutionStarted') current = attempt ?? current
    else if (attempt !== null && attempt < current) return true
  }
  return false
}

const hasGap = (events: ReadonlyArray<RecordedEvent>): boolean =>
  events.some(({ version }, index) => version !== index + 1)

/** Reads the whole log and tells what must never be found in it, in the submissions accepted as `ids` and in every other. */
export const auditLog = async (log: EventLog, ids: ReadonlyArray<string>): Promise<LogAudit> => {
  const streams = await readStreams(log)
  const streamsThat = (holds: (events: ReadonlyArray<RecordedEvent>) => boolean) =>
    [...streams].filter(([, events]) => holds(events)).map(([stream]) => submissionOfStream(stream) ?? stream)
  return {
    missing: ids.filter(id => !streams.has(submissionStream(id as SubmissionId))),
    open: streamsThat(events => ends(events) === 0),
    doubled: streamsThat(events => ends(events) > 1),
    stale: streamsThat(isStale),
    gapped: streamsThat(hasGap),
    broken: await brokenPartitions(log),
  }
}
