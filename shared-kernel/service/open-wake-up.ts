import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { EventLog } from '../event-log/event-log.ts'
import { openRedisWakeUp } from '../wake-up/redis/open-redis-wake-up.ts'
import type { WakeUp } from '../wake-up/wake-up.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

/** Wake-ups over Redis. What this process appends it announces to all. */
export const openWakeUp = ({ config, logger, teardown }: ServiceNeeds, log: EventLog): E.Either<string, WakeUp> =>
  pipe(
    requireUrl('REDIS_URL', config.redisUrl),
    E.map(url => {
      const onDefect = (err: unknown) => logger.error({ err }, 'a wake-up listener threw')
      const wakeUp = openRedisWakeUp({ url, logId: log.logId, logger, onDefect })
      log.onAppended(wakeUp.announce)
      teardown.add('wake-up', wakeUp.close)
      return wakeUp
    }),
  )
