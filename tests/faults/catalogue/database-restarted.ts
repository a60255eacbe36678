import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../fault.ts'

export const databaseRestarted: Fault = {
  name: 'database stopped for 5 s, and killed, and restarted',
  cluster: {},
  strike: async ({ storm, mongo, outageMs }) => {
    for (const [signal, share] of [['SIGTERM', 0.2] as const, ['SIGKILL', 0.6] as const]) {
      await storm.reached(share + 0.2 * Math.random())
      await mongo.stop(signal)
      await delay(outageMs(5_000))
      await mongo.restart()
    }
  },
}
