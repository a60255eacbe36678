import { decisionsContract } from '@runledger/shared-kernel/event-log/contract/decisions.contract.ts'
import { eventLogContract } from '@runledger/shared-kernel/event-log/contract/event-log.contract.ts'
import { propertiesContract } from '@runledger/shared-kernel/event-log/contract/properties.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { describe } from 'vitest'
import { spreadLog } from './spread-log.ts'
import { useMongo } from './use-mongo.ts'

type Options = Readonly<{ partitions: number; clock: () => Date }>

const mongo = await useMongo()

const open = async (database: string, options: Options) =>
  rightOf(await openMongoEventLog({ url: mongo.url, database, ...options })())

eventLogContract('the MongoDB log', options => open(mongo.next(), options))

describe('several MongoDB logs on one database', () => {
  const openSeveral = async (options: Options) => {
    const database = mongo.next()
    const begun = await open(database, options)
    return spreadLog([begun, await open(database, options), await open(database, options)])
  }
  decisionsContract(openSeveral)
  propertiesContract(openSeveral)
})
