import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { projectionsPart } from '@runledger/shared-kernel/health/projections-part.ts'
import { openCatalogue } from '@runledger/shared-kernel/service/open-catalogue.ts'
import { eventLogPart, openEventLog } from '@runledger/shared-kernel/service/open-event-log.ts'
import { openKeyring } from '@runledger/shared-kernel/service/open-keyring.ts'
import { openReadModels, readModelsPart } from '@runledger/shared-kernel/service/open-read-models.ts'
import { openAppliedHints, openWakeUp } from '@runledger/shared-kernel/service/open-wake-up.ts'
import type { OpenService, ServiceNeeds } from '@runledger/shared-kernel/service/run-service.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createQueryService } from '../create-query-service.ts'
import { measureQueries } from '../metrics/measure-queries.ts'
import { bulkInThread } from '../rebuild/bulk-in-thread.ts'

/** The read side over MongoDB, woken over Redis. Without Redis it looks by itself, and is later by a second. */
export const openQueryService = (needs: ServiceNeeds): TE.TaskEither<string, OpenService> =>
  pipe(
    openEventLog(needs),
    TE.bindTo('log'),
    TE.bind('keyring', ({ log }) => openKeyring(needs, log)),
    TE.bind('store', () => openReadModels(needs)),
    TE.bind('catalogue', () => openCatalogue(needs)),
    TE.bind('wakeUp', ({ log }) => TE.fromEither(openWakeUp(needs, log))),
    TE.bind('applied', ({ log }) => TE.fromEither(openAppliedHints(needs, log))),
    TE.flatMapTask(({ log, store, keyring, catalogue, wakeUp, applied }) => async () => {
      const { config, logger, meter, teardown } = needs
      const sharing = { name: `${hostname()}-${process.pid}-${randomUUID()}`, applied }
      const queries = createQueryService({
        ...{ log, store, keyring, wakeUp, catalogue, limits: config.limits, logger, sharing },
        ...(config.mongoUrl === null ? {} : { bulk: bulkInThread({ kind: 'mongo', url: config.mongoUrl }) }),
      })
      measureQueries(meter, { log, queries })
      await queries.start()
      teardown.add('projections', queries.stop)
      const parts = () => Promise.all([eventLogPart(log), readModelsPart(store), projectionsPart(queries.health())])
      return { router: queries.router, parts, release: queries.stop }
    }),
  )
