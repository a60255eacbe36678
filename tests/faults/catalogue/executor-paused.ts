import { setTimeout as delay } from 'node:timers/promises'
import { lockMs } from '../../support/cluster.ts'
import { type Fault, moments } from '../fault.ts'

export const executorPaused: Fault = {
  name: 'an execution-service paused past its locks, then resumed, twice',
  cluster: {},
  strike: async ({ cluster: { executors }, storm }) => {
    for (const [turn, moment] of moments(2).entries()) {
      await storm.reached(moment)
      executors[turn]?.signal('SIGSTOP')
      await delay(3 * lockMs)
      executors[turn]?.signal('SIGCONT')
    }
  },
}
