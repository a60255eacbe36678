import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import type { CommandId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { rawTransactionsPerSecond } from './raw-sqlite-transactions.ts'
import { median } from './statistics.ts'

const event: DomainEvent = {
  type: 'OutputChunk',
  schema: 1,
  data: { attempt: 1, phase: 'run', stream: 'stdout', offset: 0, bytes: 'aGVsbG8K'.repeat(40), at: 3 },
}

const append = async (log: EventLog): Promise<void> => {
  const id = randomUUID()
  const appended = await log.transact({
    stream: `submission-${id}`,
    commandId: randomUUID() as CommandId,
    meta: { correlationId: id, causationId: id, actor: 'bench', tenant: 'bench', traceparent: null },
    occurredAt: new Date().toISOString(),
    remembered: { version: 0, state: null },
    evolve: () => null,
    decide: () => E.right([event]),
  })()
  if (E.isLeft(appended)) throw new Error(JSON.stringify(appended.left))
}

const concurrentAppendsPerSecond = async (file: string, count: number, writers: number): Promise<number> => {
  const opened = await openSqliteEventLog({ file })()
  if (E.isLeft(opened)) throw new Error(opened.left.message)
  const log = opened.right
  let left = count
  const writer = async (): Promise<void> => {
    while (left-- > 0) await append(log)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: writers }, writer))
  const perSecond = (count * 1000) / (performance.now() - began)
  await log.close()
  return perSecond
}

export type AppendReport = Readonly<{ raw: number; concurrent: number; ratio: number; writers: number }>

/** Alternating rounds in one folder: raw one-row transactions, then the log with `writers` appends in flight. */
export const measureAppends = async (folder: string, rounds = 5, count = 4000, writers = 64): Promise<AppendReport> => {
  const pairs: Array<Readonly<{ raw: number; concurrent: number }>> = []
  for (let round = 0; round < rounds; round++) {
    const place = mkdtempSync(join(folder, 'appends-'))
    const raw = rawTransactionsPerSecond(join(place, 'raw.sqlite'), count, JSON.stringify([event]))
    const concurrent = await concurrentAppendsPerSecond(join(place, 'log.sqlite'), count, writers)
    pairs.push({ raw, concurrent })
    rmSync(place, { recursive: true })
  }
  return {
    raw: median(pairs.map(pair => pair.raw)),
    concurrent: median(pairs.map(pair => pair.concurrent)),
    ratio: median(pairs.map(pair => pair.concurrent / pair.raw)),
    writers,
  }
}
