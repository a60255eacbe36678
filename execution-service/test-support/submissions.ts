import { randomUUID } from 'node:crypto'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { decide } from '@runledger/shared-kernel/submission/decide.ts'
import { evolve } from '@runledger/shared-kernel/submission/evolve.ts'
import type { SubmissionCommand } from '@runledger/shared-kernel/submission/submission-command.ts'
import { initialSubmission } from '@runledger/shared-kernel/submission/submission-state.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { expect, vi } from 'vitest'

const limits = {
  cpuTimeMs: 1000,
  wallTimeMs: 2000,
  memoryBytes: 1 << 26,
  processes: 16,
  outputBytes: 1 << 20,
  fileBytes: 1 << 20,
  tmpfsBytes: 1 << 24,
  stackBytes: 1 << 23,
}

const aSubmission: SubmissionReceived['data'] = {
  language: 'python',
  requestedLanguage: 'py',
  form: 'code',
  files: [{ name: 'main.py', content: 'print(input())', encoding: 'utf8' }],
  entry: 'main.py',
  stdin: { content: 'hello', encoding: 'utf8' },
  args: ['-v'],
  limits,
  compileLimits: limits,
  replayOf: null,
}

/** Appends what the write side or another process would. */
export const tell = async (
  log: EventLog,
  id: SubmissionId,
  command: SubmissionCommand,
  tenant = 'tenant-a',
): Promise<void> => {
  const answer = await log.transact({
    stream: submissionStream(id),
    commandId: randomUUID() as string as CommandId,
    meta: { correlationId: id, causationId: id, actor: 'client', tenant, traceparent: null },
    occurredAt: new Date().toISOString(),
    remembered: { version: 0, state: initialSubmission },
    evolve,
    decide: decide(command),
  })()
  expect(answer).toMatchObject({ _tag: 'Right' })
}

export const receive = async (
  log: EventLog,
  overrides: Partial<SubmissionReceived['data']> = {},
): Promise<SubmissionId> => {
  const id = randomUUID() as string as SubmissionId
  await tell(log, id, { _tag: 'ReceiveSubmission', data: { ...aSubmission, ...overrides } })
  return id
}

export const receiveFrom = async (log: EventLog, tenant: string): Promise<SubmissionId> => {
  const id = randomUUID() as string as SubmissionId
  await tell(log, id, { _tag: 'ReceiveSubmission', data: aSubmission }, tenant)
  return id
}

/** Another process's claim, at once and without a job. */
export const startElsewhere = (log: EventLog, id: SubmissionId, incarnation = 'elsewhere'): Promise<void> =>
  tell(log, id, {
    _tag: 'ClaimAttempt',
    worker: { workerId: 'w', incarnation, budgetMs: 1000, languageVersion: '3', imageDigest: 'sha256:0' },
    supersede: null,
    maxAttempts: 3,
  })

export const recorded = async (log: EventLog, id: SubmissionId) => {
  const events = await log.readStream(submissionStream(id), 1)()
  if (E.isLeft(events)) throw new Error(events.left.message)
  return events.right
}

export const typesOf = async (log: EventLog, id: SubmissionId): Promise<ReadonlyArray<DomainEvent['type']>> =>
  (await recorded(log, id)).map(({ event }) => event.type)

/** The data of all events of one type, oldest first. */
export const dataOf = async <Type extends DomainEvent['type']>(log: EventLog, id: SubmissionId, type: Type) =>
  (await recorded(log, id))
    .map(({ event }) => event)
    .filter((event): event is Extract<DomainEvent, { type: Type }> => event.type === type)
    .map(({ data }) => data as Extract<DomainEvent, { type: Type }>['data'])

const terminal: ReadonlySet<DomainEvent['type']> = new Set([
  'ExecutionCompleted',
  'ExecutionFailed',
  'SubmissionCancelled',
])

export const terminalTypesOf = async (log: EventLog, id: SubmissionId) =>
  (await typesOf(log, id)).filter(type => terminal.has(type))

export const untilEnded = (log: EventLog, id: SubmissionId): Promise<void> =>
  vi.waitFor(async () => expect(await terminalTypesOf(log, id)).toHaveLength(1), { timeout: 10_000, interval: 2 })

export const untilSeen = (log: EventLog, id: SubmissionId, type: DomainEvent['type']): Promise<void> =>
  vi.waitFor(async () => expect(await typesOf(log, id)).toContain(type), { timeout: 10_000, interval: 2 })
