import { randomUUID } from 'node:crypto'
import { eventLogContract } from '@runledger/shared-kernel/event-log/contract/event-log.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { afterAll } from 'vitest'
import { startMongo } from '../support/mongo-server.ts'

const server = await startMongo()
afterAll(() => server.remove())

eventLogContract('the MongoDB log', async options =>
  rightOf(await openMongoEventLog({ url: server.url, database: `log-${randomUUID()}`, ...options })()),
)
