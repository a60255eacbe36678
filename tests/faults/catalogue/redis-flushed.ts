import { type Fault, moments } from '../fault.ts'
import { withRedis } from '../with-redis.ts'

export const redisFlushed: Fault = {
  name: 'FLUSHALL, three times',
  cluster: {},
  strike: ({ cluster, storm }) =>
    withRedis(cluster.grounds.redisUrl, async redis => {
      for (const moment of moments(3)) {
        await storm.reached(moment)
        await redis.flushall()
      }
    }),
}
