import { commitsContract } from '@runledger/query-service/http/get-commits.contract.ts'
import { streamContract } from '@runledger/query-service/http/get-stream.contract.ts'
import { type Served, serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { openParts, useMongo } from './use-mongo.ts'

const mongo = await useMongo()

const use = async <A>(test: (served: Served) => Promise<A>): Promise<A> => {
  const parts = await openParts({ ...mongo.place(), partitions: 8 })
  const served = await serveOn(parts)
  try {
    return await test(served)
  } finally {
    await served.close()
    await parts.close()
  }
}

commitsContract('MongoDB', use)
streamContract('MongoDB', use)
