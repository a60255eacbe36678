import { scheduleAnchors } from '@runledger/shared-kernel/log-tools/anchors/schedule-anchors.ts'
import { measureQueue } from '@runledger/shared-kernel/metrics/measure-queue.ts'
import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import { catalogueParts, openCatalogue } from '@runledger/shared-kernel/service/open-catalogue.ts'
import { eventLogPart, openEventLog } from '@runledger/shared-kernel/service/open-event-log.ts'
import { openKeyring } from '@runledger/shared-kernel/service/open-keyring.ts'
import { jobQueuePart, openQueue } from '@runledger/shared-kernel/service/open-queue.ts'
import { openWakeUp } from '@runledger/shared-kernel/service/open-wake-up.ts'
import type { OpenService, ServiceNeeds } from '@runledger/shared-kernel/service/run-service.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createCommandService } from '../create-command-service.ts'
import { scheduleRetention } from '../retention/schedule-retention.ts'
import { scheduleForgetting } from '../unused-keys/schedule-forgetting.ts'

/** The write side over MongoDB and Redis. Without Redis it takes submissions all the same. */
export const openCommandService = (needs: ServiceNeeds): TE.TaskEither<string, OpenService> =>
  pipe(
    openEventLog(needs),
    TE.bindTo('log'),
    TE.tap(({ log }) => TE.fromEither(scheduleAnchors({ ...needs, log, anchors: needs.config.anchors }))),
    TE.bind('keyring', ({ log }) => openKeyring(needs, log)),
    TE.bind('catalogue', () => openCatalogue(needs)),
    TE.bind('queue', ({ log }) => TE.fromEither(openQueue(needs, log.logId))),
    TE.tap(({ log }) => TE.fromEither(openWakeUp(needs, log))),
    TE.map(({ log: unsealed, keyring, catalogue, queue }) => {
      const { limits, maxBodyBytes, retention } = needs.config
      const log = sealedEventLog(unsealed, keyring)
      const { router } = createCommandService({
        ...{ log, keyring, queue, catalogue, limits, maxBodyBytes, logger: needs.logger },
      })
      measureQueue(needs.meter, queue)
      scheduleRetention({ ...needs, log, keyring, retention })
      scheduleForgetting({ ...needs, log: unsealed, keyring })
      const parts = () => Promise.all([eventLogPart(log), jobQueuePart(queue), catalogueParts(catalogue)])
      return { router, parts, release: async () => undefined }
    }),
  )
