import { scheduleAnchors } from '@runledger/shared-kernel/log-tools/anchors/schedule-anchors.ts'
import { catalogueParts, openCatalogue } from '@runledger/shared-kernel/service/open-catalogue.ts'
import { eventLogPart, openEventLog } from '@runledger/shared-kernel/service/open-event-log.ts'
import { jobQueuePart, openQueue } from '@runledger/shared-kernel/service/open-queue.ts'
import { openWakeUp } from '@runledger/shared-kernel/service/open-wake-up.ts'
import type { OpenService, ServiceNeeds } from '@runledger/shared-kernel/service/run-service.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createCommandService } from '../create-command-service.ts'

/** The write side over MongoDB and Redis. Without Redis it takes submissions all the same. */
export const openCommandService = (needs: ServiceNeeds): TE.TaskEither<string, OpenService> =>
  pipe(
    openEventLog(needs),
    TE.bindTo('log'),
    TE.tap(({ log }) => TE.fromEither(scheduleAnchors({ ...needs, log, anchors: needs.config.anchors }))),
    TE.bind('catalogue', () => openCatalogue(needs)),
    TE.bind('queue', ({ log }) => TE.fromEither(openQueue(needs, log.logId))),
    TE.tap(({ log }) => TE.fromEither(openWakeUp(needs, log))),
    TE.map(({ log, catalogue, queue }) => {
      const { limits, maxBodyBytes } = needs.config
      const { router } = createCommandService({ log, queue, catalogue, limits, maxBodyBytes, logger: needs.logger })
      const parts = () => Promise.all([eventLogPart(log), jobQueuePart(queue), catalogueParts(catalogue)])
      return { router, parts, release: async () => undefined }
    }),
  )
