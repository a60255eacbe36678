import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../fault.ts'
import { withRedis } from '../with-redis.ts'

const dropLocks = "for _, key in ipairs(redis.call('keys', '*:lock')) do redis.call('del', key) end return 1"

/** Every lock is gone again and again while programs run: a job is given to the other worker, and both come to an end. */
export const locksLost: Fault = {
  name: 'locks lost while both workers finish',
  cluster: {},
  strike: ({ cluster, storm }) =>
    withRedis(cluster.grounds.redisUrl, async redis => {
      const over = storm.reached(0.9).then(() => true)
      while (!(await Promise.race([over, delay(200, false)]))) await redis.eval(dropLocks, 0)
    }),
}
