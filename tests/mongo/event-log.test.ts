import { decisionsContract } from '@runledger/shared-kernel/event-log/contract/decisions.contract.ts'
import { eventLogContract } from '@runledger/shared-kernel/event-log/contract/event-log.contract.ts'
import { propertiesContract } from '@runledger/shared-kernel/event-log/contract/properties.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { afterAll, describe } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'
import { scratchDatabases } from './scratch-databases.ts'
import { spreadLog } from './spread-log.ts'

type Options = Readonly<{ partitions: number; clock: () => Date }>

const server = await startMongo()
const databases = scratchDatabases(server.url)
afterAll(async () => {
  await databases.drop()
  await server.remove()
})

const open = async (database: string, options: Options) =>
  rightOf(await openMongoEventLog({ url: server.url, database, ...options })())

eventLogContract('the MongoDB log', options => open(databases.next(), options))

describe('several MongoDB logs on one database', () => {
  const openSeveral = async (options: Options) => {
    const database = databases.next()
    const begun = await open(database, options)
    return spreadLog([begun, await open(database, options), await open(database, options)])
  }
  decisionsContract(openSeveral)
  propertiesContract(openSeveral)
})
