import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Meter } from '@runledger/shared-kernel/metrics/meter.ts'
import { observeOne } from '@runledger/shared-kernel/metrics/observe-one.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { QueryService } from '../create-query-service.ts'

type Measured = Readonly<{
  log: Pick<EventLog, 'tails'>
  queries: Pick<QueryService, 'health' | 'openStreams' | 'waiting'>
}>

type Health = ReturnType<QueryService['health']>

const measureProjections = (meter: Meter, health: () => Health): void => {
  const gauge = (name: string, help: string, value: (projection: Health['projections'][number]) => number): void =>
    meter.observed({ name, help, labels: ['projection', 'version'], kind: 'gauge' }, () =>
      health().projections.map(projection => ({
        labels: { projection: projection.name, version: String(projection.version) },
        value: value(projection),
      })),
    )

  gauge('runledger_projection_lag_commits', 'Commits that this process is yet to apply', ({ lag }) => lag)
  gauge(
    'runledger_projection_parked_streams',
    'Streams that a projection could not apply, as far as this process knows',
    ({ parkedStreams }) => parkedStreams,
  )
}

const measureLog = (meter: Meter, log: Measured['log']): void =>
  meter.observed(
    { name: 'runledger_log_commits_total', help: 'Commits in the log', labels: [], kind: 'counter' },
    async () => {
      const tails = await log.tails()()
      return isLeft(tails) ? [] : [{ labels: {}, value: tails.right.reduce((sum, tail) => sum + tail, 0) }]
    },
  )

/** How far the projections are behind the log, what they could not apply, and who waits. */
export const measureQueries = (meter: Meter, { log, queries }: Measured): void => {
  const gauge = (name: string, help: string, read: () => number): void =>
    observeOne(meter, { name, help, kind: 'gauge' }, read)

  measureLog(meter, log)
  measureProjections(meter, queries.health)
  gauge('runledger_projected_partitions', 'Partitions this process projects', () => queries.health().partitions)
  gauge('runledger_clients_waiting', 'Clients that wait for a result or a position', queries.waiting)
  gauge('runledger_event_streams_open', 'Event streams that clients follow', queries.openStreams)
}
