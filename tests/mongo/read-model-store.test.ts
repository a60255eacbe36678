import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { readModelStoreContract } from '@runledger/shared-kernel/read-model-store/contract/read-model-store.contract.ts'
import { openMongoReadModelStore } from '@runledger/shared-kernel/read-model-store/mongo/open-mongo-read-model-store.ts'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()

readModelStoreContract(async () => rightOf(await openMongoReadModelStore(mongo.place())()))
