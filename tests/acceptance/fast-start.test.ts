import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import type { CommandId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import { allPrograms } from '../programs/all-programs.ts'
import { clientOf } from '../support/client.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = tempFolder()
afterAll(() => folder.remove())

const cancelled: DomainEvent = { type: 'SubmissionCancelled', schema: 1, data: { who: 'test', why: 'history' } }

const appendOne = (log: EventLog) => {
  const id = randomUUID()
  return log.transact({
    stream: `submission-${id}`,
    commandId: randomUUID() as CommandId,
    meta: { correlationId: id, causationId: id, actor: 'test', tenant: 'test', traceparent: null },
    occurredAt: new Date().toISOString(),
    remembered: { version: 0, state: null },
    evolve: () => null,
    decide: () => E.right([cancelled]),
  })()
}

const growLog = async (commits: number): Promise<void> => {
  const opened = await openSqliteEventLog({ file: join(folder.path, 'runledger.sqlite') })()
  if (E.isLeft(opened)) throw new Error(opened.left.message)
  for (let done = 0; done < commits; done += 500) {
    await Promise.all(Array.from({ length: 500 }, () => appendOne(opened.right)))
  }
  await opened.right.close()
}

describe('given a log of 50,000 commits', () => {
  it('serves and runs a program within 3 s of its second start', async () => {
    await growLog(50_000)
    const first = await startStandalone({ dataDir: folder.path })
    await first.end('SIGTERM')

    const began = performance.now()
    const second = await startStandalone({ dataDir: folder.path })
    expect(performance.now() - began).toBeLessThan(3000)
    const client = clientOf(second.url)
    const greeting = allPrograms.find(({ lang, kind }) => lang === 'python' && kind === 'greets')
    const id = await client.submit({ lang: greeting?.lang, code: greeting?.code })
    expect(await client.resultOf(id)).toMatchObject({ stdOutput: 'Hello, World!\n' })
    await second.end('SIGTERM')
  }, 120_000)
})
