import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { type Addition, defineAcross } from '../../projector/across-streams.ts'
import { type Received, receivedFacts, receivedIn } from '../received-fact.ts'

const isCounted = ({ event: { type } }: RecordedEvent): boolean =>
  type === 'ExecutionCompleted' || type === 'CompilationCompleted'

const countsOf = ({ event }: RecordedEvent): Readonly<Record<string, number>> => {
  if (event.type === 'CompilationCompleted') return { cpuMs: event.data.usage.cpuMs }
  return event.type === 'ExecutionCompleted' ? { runs: 1, cpuMs: event.data.usage?.cpuMs ?? 0 } : {}
}

const additionsOf = (recorded: RecordedEvent, received: Received | null): ReadonlyArray<Addition> => {
  const { occurredAt } = recorded
  if (received === null || !isCounted(recorded)) return []
  const time = `${occurredAt.slice(0, 10)}T00:00:00.000Z`
  return [{ time, key: received.tenant, counts: countsOf(recorded), latest: occurredAt }]
}

/** Completed runs and CPU time, compilation included, by tenant and UTC day. */
export const usageProjection = defineAcross({
  name: 'usage',
  version: 1,
  across: {
    factsOf: receivedFacts,
    needs: event => (isCounted(event) ? [event.stream] : []),
    additions: (event, factOf) => additionsOf(event, receivedIn(factOf(event.stream))),
  },
})
