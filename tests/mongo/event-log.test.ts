import { randomUUID } from 'node:crypto'
import { eventLogContract } from '@runledger/shared-kernel/event-log/contract/event-log.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { afterAll } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'
import { spreadLog } from './spread-log.ts'

type Options = Readonly<{ partitions: number; clock: () => Date }>

const server = await startMongo()
afterAll(() => server.remove())

const open = async (database: string, options: Options) =>
  rightOf(await openMongoEventLog({ url: server.url, database, ...options })())

eventLogContract('the MongoDB log', options => open(`log-${randomUUID()}`, options))

eventLogContract('several MongoDB logs on one database', async options => {
  const database = `log-${randomUUID()}`
  const [first, second, third] = await Promise.all([
    open(database, options),
    open(database, options),
    open(database, options),
  ])
  return spreadLog([first, second, third])
})
