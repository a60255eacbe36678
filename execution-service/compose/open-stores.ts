import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import { openEventLog } from '@runledger/shared-kernel/service/open-event-log.ts'
import { openKeyring } from '@runledger/shared-kernel/service/open-keyring.ts'
import { openQueue } from '@runledger/shared-kernel/service/open-queue.ts'
import { openReadModels } from '@runledger/shared-kernel/service/open-read-models.ts'
import { openRegistry } from '@runledger/shared-kernel/service/open-registry.ts'
import { openWakeUp } from '@runledger/shared-kernel/service/open-wake-up.ts'
import type { ServiceNeeds } from '@runledger/shared-kernel/service/run-service.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** What a worker shares with the other services: log, read models, registry, queue and wake-ups. */
export const openStores = (needs: ServiceNeeds) =>
  pipe(
    openEventLog(needs),
    TE.bindTo('unsealed'),
    TE.bind('log', ({ unsealed }) =>
      pipe(
        openKeyring(needs, unsealed),
        TE.map(keyring => sealedEventLog(unsealed, keyring)),
      ),
    ),
    TE.bind('store', () => openReadModels(needs)),
    TE.bind('registry', () => TE.fromEither(openRegistry(needs))),
    TE.bind('queue', ({ log }) => TE.fromEither(openQueue(needs, log.logId))),
    TE.bind('wakeUp', ({ log }) => TE.fromEither(openWakeUp(needs, log))),
  )
