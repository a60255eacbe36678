import { join } from 'node:path'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteLogStorage } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-log-storage.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { wokenBy } from '@runledger/shared-kernel/wake-up/woken-by.fixture.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { runLogTool } from '../support/log-tool.ts'
import { runProjections } from '../support/projections-command.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { oldLogContract } from './old-log.contract.ts'
import { oldLogs } from './old-logs.ts'
import { unpack } from './unpack.ts'

const folder = tempFolder()
afterAll(folder.remove)

describe.each(oldLogs)('the file of a log that release $release left', old => {
  oldLogContract(old, async () => {
    const place = join(folder.path, old.release)
    const file = unpack(`${old.release}.sqlite`, place, 'runledger.sqlite')
    const log = rightOf(await openSqliteEventLog({ file })())
    const storage = rightOf(await openSqliteLogStorage({ file, readOnly: true })())
    const store = rightOf(await openSqliteReadModelStore({ file: join(place, 'read-models.sqlite') })())
    const wakeUp = wokenBy(log)
    const close = async (): Promise<void> => {
      await Promise.all([log.close(), storage.close(), store.close(), wakeUp.close()])
    }
    return { log, storage, store, wakeUp, close }
  })
})

it('the oldest log is verified, and its read models rebuilt and verified, by the commands of today', async () => {
  const env = { DATA_DIR: join(folder.path, 'commands') }
  unpack(`${oldLogs[0]?.release}.sqlite`, env.DATA_DIR, 'runledger.sqlite')
  expect(await runLogTool(env, 'verify', '--quiet')).toMatchObject({ status: 0 })
  expect(await runProjections(['rebuild', 'result'], env)).toMatchObject({ status: 0 })
  expect(await runProjections(['verify', 'result'], env)).toMatchObject({ status: 0 })
})
