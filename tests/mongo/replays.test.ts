import { getReplaysContract } from '@runledger/query-service/http/get-replays.contract.ts'
import { serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { openParts, useMongo } from './use-mongo.ts'

const mongo = await useMongo()

getReplaysContract('MongoDB', async () => {
  const parts = await openParts(mongo.place())
  const served = await serveOn(parts)
  const close = async (): Promise<void> => {
    await served.close()
    await parts.close()
  }
  return { ...served, close }
})
