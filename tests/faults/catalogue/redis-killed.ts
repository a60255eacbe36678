import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../fault.ts'

export const redisKilled: Fault = {
  name: 'SIGKILL of Redis for 20 s',
  cluster: {},
  strike: async ({ storm, redis, outageMs }) => {
    await storm.reached(0.2 + 0.2 * Math.random())
    await redis.stop('SIGKILL')
    await delay(outageMs(20_000))
    await redis.restart()
  },
}
