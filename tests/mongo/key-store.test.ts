import { keyStoreContract } from '@runledger/shared-kernel/sealing/key-store.contract.ts'
import { openMongoKeyStore } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { useMongo } from './use-mongo.ts'

const mongo = await useMongo()

keyStoreContract('in MongoDB', async () => {
  const store = await openMongoKeyStore(mongo.place())()
  if (isLeft(store)) throw new Error(store.left.message)
  return store.right
})
