import { setTimeout as delay } from 'node:timers/promises'
import { leaseMs } from '../../support/cluster.ts'
import { type Fault, moments } from '../fault.ts'

export const projectorDeposed: Fault = {
  name: 'a projector deposed in the middle of a batch, three times',
  cluster: { queries: 2 },
  strike: async ({ cluster: { queries }, storm }) => {
    for (const [turn, moment] of moments(3).entries()) {
      await storm.reached(moment)
      const projector = queries[turn % queries.length]
      projector?.signal('SIGSTOP')
      await delay(2 * leaseMs)
      projector?.signal('SIGCONT')
    }
  },
}
