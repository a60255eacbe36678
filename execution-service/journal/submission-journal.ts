import { randomUUID } from 'node:crypto'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog, EventLogFault, Fold, Refused } from '@runledger/shared-kernel/event-log/event-log.ts'
import { decide } from '@runledger/shared-kernel/submission/decide.ts'
import { evolve } from '@runledger/shared-kernel/submission/evolve.ts'
import type { SubmissionCommand, SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import { initialSubmission, type SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { type Patience, untilAnswered } from './until-answered.ts'

export type JournalDependencies = Patience & Readonly<{ log: EventLog; worker: { id: string }; now: () => Date }>

export type AppendFault = EventLogFault | Refused<SubmissionRefusal>

/** One submission's stream, as far as this process has read it. Appends go one after another and read only what is new. */
export type SubmissionJournal = Readonly<{
  tenant: string
  received: SubmissionReceived['data']
  state: () => SubmissionState
  /** Reads what others have appended meanwhile. */
  refresh: (signal: AbortSignal) => Promise<E.Either<EventLogFault, SubmissionState>>
  append: (command: SubmissionCommand, signal: AbortSignal) => Promise<E.Either<AppendFault, SubmissionState>>
}>

/** Null where nobody has ever received this submission. */
export const openJournal =
  (dependencies: JournalDependencies) =>
  async (id: SubmissionId, signal: AbortSignal): Promise<E.Either<EventLogFault, SubmissionJournal | null>> => {
    const stream = submissionStream(id)
    const history = await untilAnswered(dependencies)(dependencies.log.readStream(stream, 1), signal)
    return E.isLeft(history) ? history : E.right(journalOf(dependencies, stream, history.right))
  }

const foldOf = (events: ReadonlyArray<RecordedEvent>, before: Fold<SubmissionState>): Fold<SubmissionState> => ({
  version: events.at(-1)?.version ?? before.version,
  state: events.reduce((state, { event }) => evolve(state, event), before.state),
})

const metaOf = (first: RecordedEvent, workerId: string) => ({
  correlationId: first.meta.correlationId,
  causationId: first.id,
  actor: `worker:${workerId}`,
  tenant: first.meta.tenant,
  traceparent: first.meta.traceparent,
})

const journalOf = (
  { log, worker, now, ...patience }: JournalDependencies,
  stream: string,
  history: ReadonlyArray<RecordedEvent>,
): SubmissionJournal | null => {
  const first = history[0]
  // Of what was erased there is nothing to run: it has ended.
  if (first?.event.type !== 'SubmissionReceived' || first.event.schema !== 1) return null
  const meta = metaOf(first, worker.id)
  let remembered = foldOf(history, { version: 0, state: initialSubmission })

  // An append and a look at the log may cross.
  const remember = (fold: Fold<SubmissionState>): void => {
    if (fold.version > remembered.version) remembered = fold
  }

  const append: SubmissionJournal['append'] = async (command, signal) => {
    const occurredAt = now().toISOString()
    // One id over all tries: an append whose answer was lost is found, not repeated.
    const commandId = randomUUID() as string as CommandId
    const transact = log.transact({ stream, commandId, meta, occurredAt, remembered, evolve, decide: decide(command) })
    const answer = await untilAnswered(patience)(transact, signal)
    if (E.isLeft(answer)) return answer
    remember(answer.right.fold)
    return E.right(remembered.state)
  }

  const refresh: SubmissionJournal['refresh'] = async signal => {
    const before = remembered
    const later = await untilAnswered(patience)(log.readStream(stream, before.version + 1), signal)
    if (E.isLeft(later)) return later
    remember(foldOf(later.right, before))
    return E.right(remembered.state)
  }

  return { tenant: meta.tenant, received: first.event.data, state: () => remembered.state, refresh, append }
}
