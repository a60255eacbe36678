import { serve } from '../query-service.fixture.ts'
import { commitsContract } from './get-commits.contract.ts'

commitsContract('SQLite', async test => {
  const served = await serve()
  try {
    return await test(served)
  } finally {
    await served.close()
  }
})
