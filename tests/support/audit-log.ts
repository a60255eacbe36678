import { join } from 'node:path'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { verifyChain } from '@runledger/shared-kernel/event-log/verify-chain.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

const terminal: ReadonlyArray<string> = ['ExecutionCompleted', 'ExecutionFailed', 'SubmissionCancelled']

const rightOf = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const answer = await task()
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left))
  return answer.right
}

const brokenPartitions = async (log: EventLog): Promise<ReadonlyArray<unknown>> => {
  const verdicts = await Promise.all(Array.from({ length: log.partitions }, (_, p) => rightOf(verifyChain(log, p))))
  return verdicts.filter(({ _tag }) => _tag === 'Broken')
}

const attemptOf = ({ event }: RecordedEvent): number | null => ('attempt' in event.data ? event.data.attempt : null)

const staleEvents = (events: ReadonlyArray<RecordedEvent>): number => {
  let current = 0
  let stale = 0
  for (const recorded of events) {
    const attempt = attemptOf(recorded)
    if (recorded.event.type === 'ExecutionStarted') current = attempt ?? current
    else if (attempt !== null && attempt < current) stale += 1
  }
  return stale
}

export type LogAudit = Readonly<{
  /** Submissions that have no terminal event, and those that have more than one. */
  open: ReadonlyArray<string>
  doubled: ReadonlyArray<string>
  /** Events of an attempt recorded after the next attempt began. */
  stale: number
  broken: ReadonlyArray<unknown>
}>

/** Reads the log in a data folder that no process holds and tells what must never be found in it. */
export const auditLog = async (dataDir: string, ids: ReadonlyArray<string>): Promise<LogAudit> => {
  const log = await rightOf(openSqliteEventLog({ file: join(dataDir, 'runledger.sqlite') }))
  const open: Array<string> = []
  const doubled: Array<string> = []
  let stale = 0
  for (const id of ids) {
    const events = await rightOf(log.readStream(submissionStream(id as SubmissionId), 1))
    const ends = events.filter(({ event }) => terminal.includes(event.type)).length
    if (ends === 0) open.push(id)
    if (ends > 1) doubled.push(id)
    stale += staleEvents(events)
  }
  const broken = await brokenPartitions(log)
  await log.close()
  return { open, doubled, stale, broken }
}

export const soundLog: LogAudit = { open: [], doubled: [], stale: 0, broken: [] }
