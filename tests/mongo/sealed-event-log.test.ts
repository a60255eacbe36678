import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { sealedEventLogContract } from '@runledger/shared-kernel/sealing/sealed-event-log.contract.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()

sealedEventLogContract('in MongoDB', async () => {
  const log = await openMongoEventLog(mongo.place())()
  if (isLeft(log)) throw new Error(log.left.message)
  return log.right
})
