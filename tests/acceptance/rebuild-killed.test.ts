import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { generateLog } from '@runledger/query-service/read-models/result/generate-log.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { describe, expect, it } from 'vitest'
import { rebuildKilledAgainAndAgain } from '../support/killed-rebuild.ts'
import { runProjections } from '../support/projections-command.ts'
import { tempFolder } from '../support/temp-folder.ts'

const removeOneDocument = (file: string, collection: string): string => {
  const database = new DatabaseSync(file)
  const { id } = database.prepare(`SELECT id FROM collection_${collection} LIMIT 1`).get() ?? {}
  database.prepare(`DELETE FROM collection_${collection} WHERE id = ?`).run(String(id))
  database.close()
  return `${collection} ${id}`
}

describe('given a data folder with a log', () => {
  it('a rebuild killed again and again goes on from where it was, and comes out right; verify finds what is not', async () => {
    const { path, remove } = tempFolder()
    const log = rightOf(await openSqliteEventLog({ file: join(path, 'runledger.sqlite') })())
    await generateLog(log, { commits: 6000 })
    await log.close()
    await rebuildKilledAgainAndAgain({ DATA_DIR: path })
    const removed = removeOneDocument(join(path, 'read-models.sqlite'), 'result__v2')
    expect(await runProjections(['verify', 'result'], { DATA_DIR: path })).toMatchObject({
      status: 1,
      printed: expect.stringContaining(`${removed}: is missing`),
    })
    remove()
  })

  it('the command refuses what there is not, and says what there is', async () => {
    expect(await runProjections(['rebuild', 'nothing'], {})).toMatchObject({
      status: 1,
      printed: expect.stringContaining('there is no projection nothing: '),
    })
  })
})
