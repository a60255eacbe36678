import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventLog } from '../event-log/event-log.ts'
import { openMongoEventLog } from '../event-log/mongo/open-mongo-event-log.ts'
import { logPart } from '../health/log-part.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

const part = 'event log (MONGO_URL)'

/** The event log in MongoDB, as soon as it is there. */
export const openEventLog = ({ config, teardown, waitFor }: ServiceNeeds): TE.TaskEither<string, EventLog> =>
  pipe(
    TE.fromEither(requireUrl('MONGO_URL', config.mongoUrl)),
    TE.flatMap(url =>
      waitFor(
        part,
        pipe(
          openMongoEventLog({ url, ...(config.logPartitions !== null && { partitions: config.logPartitions }) }),
          TE.mapLeft(({ kind, message }) => ({ message, isPassing: kind === 'unreachable' })),
        ),
      ),
    ),
    TE.tapIO(log => () => teardown.add('event log', log.close)),
  )

/** Whether the log in MongoDB answers. */
export const eventLogPart = (log: EventLog) => logPart(log, part)
