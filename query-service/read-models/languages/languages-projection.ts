import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { type Addition, defineAcross } from '../../projector/across-streams.ts'
import { type Received, receivedFacts, receivedIn } from '../received-fact.ts'
import { bucketOf } from './histogram.ts'

const bucketName = (what: 'wall' | 'queue', ms: number): string => `${what}:${ms <= 0 ? 'zero' : bucketOf(ms)}`

const countsOf = ({ event, occurredAt }: RecordedEvent, { receivedAt }: Received): Readonly<Record<string, number>> => {
  if (event.type === 'ExecutionFailed') return { 'outcome:internal_error': 1 }
  if (event.type === 'ExecutionCompleted') {
    const { outcome, usage } = event.data
    return { [`outcome:${outcome}`]: 1, ...(usage === null ? {} : { [bucketName('wall', usage.wallMs)]: 1 }) }
  }
  if (event.type !== 'ExecutionStarted' || event.data.attempt !== 1) return {}
  return { [bucketName('queue', Date.parse(occurredAt) - Date.parse(receivedAt))]: 1 }
}

const additionsOf = (recorded: RecordedEvent, received: Received | null): ReadonlyArray<Addition> => {
  const counts = received === null ? {} : countsOf(recorded, received)
  if (received === null || Object.keys(counts).length === 0) return []
  const { occurredAt } = recorded
  return [{ time: `${occurredAt.slice(0, 13)}:00:00.000Z`, key: received.language, counts, latest: occurredAt }]
}

const isCounted = ({ event: { type } }: RecordedEvent): boolean =>
  type === 'ExecutionStarted' || type === 'ExecutionCompleted' || type === 'ExecutionFailed'

/** Outcomes, wall times, and times in the queue until the first attempt, by language and hour. */
export const languagesProjection = defineAcross({
  name: 'languages',
  version: 1,
  across: {
    factsOf: receivedFacts,
    needs: event => (isCounted(event) ? [event.stream] : []),
    additions: (event, factOf) => additionsOf(event, receivedIn(factOf(event.stream))),
  },
})
