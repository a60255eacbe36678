import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { aProcess } from './test-support/a-process.ts'
import { echo, endless, fakeSandbox } from './test-support/fake-sandbox.ts'
import { dataOf, receive, terminalTypesOf, untilEnded } from './test-support/submissions.ts'

const opened = async <A>(open: TaskEither<unknown, A>): Promise<A> => {
  const answer = await open()
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left))
  return answer.right
}

const openFiles = async (folder: string): Promise<{ log: EventLog; store: ReadModelStore }> => ({
  log: await opened(openSqliteEventLog({ file: join(folder, 'log.sqlite') })),
  store: await opened(openSqliteReadModelStore({ file: join(folder, 'read-models.sqlite') })),
})

describe('given a process that ends with submissions running and waiting, on files', () => {
  it('completes them all after the next start, and forgets them as open', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'runledger-execution-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const before = await openFiles(folder)
    const first = aProcess(fakeSandbox(endless).sandbox, before)
    await first.service.start()
    const ids = await Promise.all(Array.from({ length: 20 }, () => receive(before.log)))
    await vi.waitFor(async () =>
      expect(await first.queue.counts()()).toStrictEqual(E.right({ waiting: 18, active: 2 })),
    )
    await before.log.close()
    await before.store.close()
    await first.service.stop(0)

    const after = await openFiles(folder)
    const second = aProcess(fakeSandbox(echo).sandbox, after)
    await second.service.start()
    for (const id of ids) await untilEnded(after.log, id)
    for (const id of ids) expect(await terminalTypesOf(after.log, id)).toStrictEqual(['ExecutionCompleted'])
    const abandoned = await Promise.all(ids.map(id => dataOf(after.log, id, 'ExecutionAbandoned')))
    expect(abandoned.flat().map(({ why }) => why)).toStrictEqual(['worker_lost', 'worker_lost'])
    const open = { collection: 'open__v2', where: {}, order: 'ascending', after: null, limit: 100 } as const
    await vi.waitFor(async () => expect(await after.store.find(open)()).toStrictEqual(E.right([])))
    await second.service.stop(0)
    await after.log.close()
    await after.store.close()
  })
})
