import {
  boolean,
  described,
  integer,
  list,
  mapOf,
  named,
  nullable,
  number,
  object,
  oneOf,
  type Schema,
  string,
  time,
} from '../schema.ts'

const line = object(
  {
    submissionId: string,
    status: named('Status'),
    outcome: nullable(named('Outcome')),
    language: string,
    replayOf: nullable(string),
    receivedAt: time,
    startedAt: nullable(time),
    completedAt: nullable(time),
    attempt: integer,
    usage: nullable(named('Usage')),
  },
  { erased: { const: true } },
)

const event = object({
  type: string,
  data: { type: 'object' },
  version: integer,
  partition: integer,
  position: integer,
  hash: string,
  eventId: string,
  schema: integer,
  occurredAt: time,
  recordedAt: time,
  commandId: string,
  correlationId: string,
  causationId: string,
  actor: string,
  tenant: string,
  traceparent: nullable(string),
})

const quantiles = object({ p50: nullable(number), p95: nullable(number) })

const bounds = object({ default: named('Limits'), maximum: named('Limits') })

const generation = object(
  { version: integer, state: oneOf('building', 'live', 'standby', 'failed', 'dropping') },
  {
    code: integer,
    reason: nullable(string),
    lag: integer,
    progress: number,
    parked: integer,
    partitions: list(object({ p: integer, tail: integer, checkpoint: integer, owner: nullable(string) })),
  },
)

/** Histories, statistics, the log, and what operators read. */
export const readingSchemas: Readonly<Record<string, Schema>> = {
  History: object({ submissions: list(line), next: described('`before` of the next page', nullable(string)) }),
  Events: object({ submissionId: string, events: list(event) }),
  LanguageStatistics: object({
    statistics: list(
      object({ language: string, hour: time, outcomes: mapOf(integer), wallMs: quantiles, queueMs: quantiles }),
    ),
  }),
  UsageByDay: object({ usage: list(object({ tenant: string, day: string, runs: integer, cpuSeconds: number })) }),
  WorkerActivity: object({
    workers: list(
      object({
        ...{ workerId: string, started: integer, completed: integer, abandoned: integer, running: integer },
        lastSeen: nullable(time),
      }),
    ),
  }),
  Languages: object({
    languages: list(
      object({
        ...{ name: string, aliases: list(string), version: nullable(string), image: nullable(string) },
        ...{ state: oneOf('ready', 'building', 'failed'), compiled: boolean, compileOptions: list(string) },
        ...{ limits: bounds, compileLimits: nullable(bounds) },
      }),
    ),
  }),
  Projection: object(
    { name: string, active: integer, versions: list(generation) },
    { version: described('Of the rebuild', integer), joined: boolean },
  ),
  Projections: object({ projections: list(named('Projection')) }),
  Live: object({ status: { const: 'live' } }),
  Ready: object({ status: { const: 'ready' } }, { warnings: list({ type: 'object' }), facts: { type: 'object' } }),
}
