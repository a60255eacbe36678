import { describe } from 'vitest'
import { checkpointsContract } from './checkpoints.contract.ts'
import { convergenceContract } from './convergence.contract.ts'
import { documentsContract } from './documents.contract.ts'
import { findsContract } from './finds.contract.ts'
import { leasesContract } from './leases.contract.ts'
import { recordsContract } from './records.contract.ts'
import type { OpenStore } from './store-for-each.ts'

/** What every read-model store must do, whatever it is made of. */
export const readModelStoreContract = (open: OpenStore): void => {
  describe('a read-model store', () => {
    documentsContract(open)
    checkpointsContract(open)
    findsContract(open)
    convergenceContract(open)
    leasesContract(open)
    recordsContract(open)
  })
}
