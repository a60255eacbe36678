import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Addition, defineAcross, type Fact } from '../../projector/across-streams.ts'

type Step = Readonly<{ name: 'started' | 'completed' | 'abandoned'; attempt: number }>

const stepOf = ({ event }: RecordedEvent): Step | null => {
  switch (event.type) {
    case 'ExecutionStarted':
      return { name: 'started', attempt: event.data.attempt }
    case 'ExecutionCompleted':
      return { name: 'completed', attempt: event.data.attempt }
    case 'ExecutionAbandoned':
      return { name: 'abandoned', attempt: event.data.attempt }
    default:
      return null
  }
}

const attemptId = (stream: string, attempt: number): string => `${stream}:${attempt}`

const factsOf = ({ event, stream }: RecordedEvent): ReadonlyArray<Fact> =>
  event.type === 'ExecutionStarted'
    ? [{ id: attemptId(stream, event.data.attempt), body: { workerId: event.data.workerId } }]
    : []

const needs = (recorded: RecordedEvent): ReadonlyArray<string> => {
  const step = stepOf(recorded)
  return step === null ? [] : [attemptId(recorded.stream, step.attempt)]
}

// What a reaper records of a lost worker is no sign of life from it.
const isSeen = ({ event }: RecordedEvent): boolean =>
  event.type !== 'ExecutionAbandoned' || event.data.why !== 'worker_lost'

const additions = (recorded: RecordedEvent, factOf: (id: string) => JsonObject | null): ReadonlyArray<Addition> => {
  const step = stepOf(recorded)
  const worker = step === null ? null : factOf(attemptId(recorded.stream, step.attempt))?.['workerId']
  if (step === null || typeof worker !== 'string') return []
  return [{ time: '', key: worker, counts: { [step.name]: 1 }, latest: isSeen(recorded) ? recorded.occurredAt : '' }]
}

/** Attempts by the worker that made them. */
export const workersProjection = defineAcross({ name: 'workers', version: 1, across: { factsOf, needs, additions } })
