import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { EventLog } from '../event-log/event-log.ts'
import { openRedisWakeUp } from '../wake-up/redis/open-redis-wake-up.ts'
import type { WakeUp } from '../wake-up/wake-up.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

const openTopic = ({ config, logger, teardown }: ServiceNeeds, logId: string, topic: string) =>
  pipe(
    requireUrl('REDIS_URL', config.redisUrl),
    E.map((url): WakeUp => {
      const onDefect = (err: unknown) => logger.error({ err }, 'a wake-up listener threw')
      const wakeUp = openRedisWakeUp({ url, logId, topic, logger, onDefect })
      teardown.add(`wake-up of what has ${topic}`, wakeUp.close)
      return wakeUp
    }),
  )

/** Wake-ups over Redis. What this process appends it announces to all. */
export const openWakeUp = (needs: ServiceNeeds, log: EventLog): E.Either<string, WakeUp> =>
  pipe(
    openTopic(needs, log.logId, 'grown'),
    E.tap(wakeUp => E.right(log.onAppended(wakeUp.announce))),
  )

/** How far the read models follow each partition, told over Redis by whoever projects it. */
export const openAppliedHints = (needs: ServiceNeeds, { logId }: EventLog): E.Either<string, WakeUp> =>
  openTopic(needs, logId, 'been_applied')
