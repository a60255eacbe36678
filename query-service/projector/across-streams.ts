import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Projection } from './projection.ts'

/** What later events of a stream need of an earlier one: a function of that event alone, written once. */
export type Fact = Readonly<{ id: string; body: JsonObject }>

/** What an event adds to a tally: `counts` are summed, of `latest` the greatest text stays. */
export type Addition = Readonly<{
  /** Tallies are found by time; empty where they are of no time. */
  time: string
  key: string
  counts: Readonly<Record<string, number>>
  latest: string
}>

/**
 * How events of many streams are tallied. None of these throws. An event whose facts are missing adds nothing: its
 * stream was parked before.
 */
export type AcrossStreams = Readonly<{
  factsOf: (event: RecordedEvent) => ReadonlyArray<Fact>
  needs: (event: RecordedEvent) => ReadonlyArray<string>
  additions: (event: RecordedEvent, factOf: (id: string) => JsonObject | null) => ReadonlyArray<Addition>
}>

export const facts = 'facts'

type Definition = Readonly<{ name: string; version: number; across: AcrossStreams }>

/** A projection that combines streams: a tally per key and partition, guarded by the position it holds in there. */
export const defineAcross = ({ name, version, across }: Definition): Projection => ({
  name,
  version,
  across,
  indexes: [],
  rows: [{ name: facts, indexes: [] }],
  documentOf: ({ stream }) => stream,
  fold: stored => ({ body: stored?.body ?? null, version: stored?.version ?? 0, rows: [], poison: null }),
})
