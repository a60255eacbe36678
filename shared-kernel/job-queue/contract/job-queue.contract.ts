import { describe } from 'vitest'
import { consumersContract } from './consumers.contract.ts'
import { deliveriesContract } from './deliveries.contract.ts'
import type { OpenQueue } from './queue-for-each.ts'
import { ranksContract } from './ranks.contract.ts'

/** What every job queue must do, whatever it is made of. */
export const jobQueueContract = (adapter: string, open: OpenQueue): void => {
  describe(`the ${adapter} job queue`, () => {
    deliveriesContract(open)
    ranksContract(open)
    consumersContract(open)
  })
}
