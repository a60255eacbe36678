import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { DomainEvent } from '../../domain-events/domain-event.ts'
import type { CommandId } from '../../types/ids.ts'
import type { Transaction } from '../event-log.ts'

export type Notes = ReadonlyArray<string>

export const freshCommandId = (): CommandId => randomUUID() as CommandId

/** The plainest event that carries text, for tests of the log itself. */
export const note = (text: string): DomainEvent => ({
  type: 'CancellationRequested',
  schema: 1,
  data: { who: 'a writer', why: text },
})

const takeNote = (notes: Notes, event: DomainEvent): Notes =>
  event.type === 'CancellationRequested' ? [...notes, event.data.why] : notes

/** Appends the notes to the stream, whatever it holds. */
export const notingTransaction = <Refusal = never>(
  stream: string,
  texts: Notes,
  overrides: Partial<Transaction<Notes, Refusal>> = {},
): Transaction<Notes, Refusal> => ({
  stream,
  commandId: freshCommandId(),
  meta: {
    correlationId: 'a correlation',
    causationId: 'a cause',
    actor: 'a writer',
    tenant: 'a tenant',
    traceparent: null,
  },
  occurredAt: '2026-01-02T03:04:05.678Z',
  remembered: { version: 0, state: [] },
  evolve: takeNote,
  decide: () => E.right(texts.map(note)),
  ...overrides,
})
