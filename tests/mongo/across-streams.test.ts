import { acrossStreamsContract } from '@runledger/query-service/projector/across-streams.contract.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()

acrossStreamsContract(async () => rightOf(await openMongoReadModelStore(mongo.place())()), { numRuns: 6 })
