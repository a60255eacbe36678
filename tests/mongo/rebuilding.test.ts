import { generateLog } from '@runledger/query-service/read-models/result/generate-log.fixture.ts'
import { rebuildingContract } from '@runledger/query-service/rebuild/rebuilding.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { describe, it } from 'vitest'
import { rebuildKilledAgainAndAgain } from '../support/killed-rebuild.ts'
import { openParts, useMongo } from './use-mongo.ts'

const mongo = await useMongo()

const open = () => openParts({ ...mongo.place(), partitions: 4 })

describe('on MongoDB', () => rebuildingContract(open))

describe('a log in MongoDB', () => {
  it('a rebuild that is killed again and again goes on from where it was, and comes out right', async () => {
    const name = mongo.next()
    const url = new URL(mongo.url)
    url.pathname = `/${name}`
    const log = rightOf(await openMongoEventLog({ url: url.href, partitions: 4 })())
    await generateLog(log, { commits: 300, together: 8 })
    await log.close()
    await rebuildKilledAgainAndAgain({ MONGO_URL: url.href })
  })
})
