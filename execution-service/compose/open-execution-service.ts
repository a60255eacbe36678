import { hostname } from 'node:os'
import { measureQueue } from '@runledger/shared-kernel/metrics/measure-queue.ts'
import { eventLogPart } from '@runledger/shared-kernel/service/open-event-log.ts'
import { jobQueuePart } from '@runledger/shared-kernel/service/open-queue.ts'
import type { OpenService, ServiceNeeds } from '@runledger/shared-kernel/service/run-service.ts'
import express from 'express'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createExecutionService } from '../create-execution-service.ts'
import { languagesPart } from '../health/languages-part.ts'
import { sandboxPart } from '../health/sandbox-part.ts'
import { announceLanguages } from '../languages/announce-languages.ts'
import { awaitUsableLanguages } from '../languages/await-usable-languages.ts'
import { imageCatalogue } from '../languages/image-catalogue.ts'
import { measureExecution } from '../metrics/measure-execution.ts'
import { measuredSandbox } from '../metrics/measured-sandbox.ts'
import { connectDocker, type DockerConnection } from './connect-docker.ts'
import { openSandbox, type SandboxParts } from './open-sandbox.ts'
import { openStores } from './open-stores.ts'

// What runs may end by itself for so long; then it is abandoned, and runs elsewhere.
const stopGraceMs = 10_000

// Containers of workers that died beside this one are at rest for two looks before they are taken.
const reapMs = 15_000

const awaitDocker = (needs: ServiceNeeds, logId: string): TE.TaskEither<string, DockerConnection> => {
  const worker = needs.config.workerId ?? `${hostname()}-${process.pid}`
  return needs.waitFor('sandbox', connectDocker({ ...needs, logId, worker }))
}

const openParts = (needs: ServiceNeeds, logId: string): TE.TaskEither<string, SandboxParts> =>
  pipe(
    awaitDocker(needs, logId),
    TE.flatMap(connection => openSandbox({ ...needs, connection, isAlone: false, onProgress: needs.announce })),
  )

/** Runs programs for a log in MongoDB, beside any number of others. Over HTTP it answers for its health only. */
export const openExecutionService = (needs: ServiceNeeds): TE.TaskEither<string, OpenService> =>
  pipe(
    openStores(needs),
    TE.bind('parts', ({ log }) => openParts(needs, log.logId)),
    TE.tapIO(({ registry, parts }) => () => {
      const announcing = { registry, catalogue: imageCatalogue(parts.images), worker: parts.worker, ...needs }
      needs.teardown.add('announcements', announceLanguages(announcing))
    }),
    TE.tap(
      ({ parts }) =>
        () =>
          awaitUsableLanguages(parts.images),
    ),
    TE.flatMapTask(({ log, store, queue, wakeUp, parts }) => async () => {
      const { config, logger, meter, teardown } = needs
      const { images, worker, reap, selection, daemon } = parts
      const { concurrency, maxAttempts } = config
      const sandbox = measuredSandbox(parts.sandbox, meter)
      const execution = createExecutionService({
        ...{ log, store, queue, wakeUp, sandbox, worker, concurrency, maxAttempts, reap, logger },
        soleIncarnation: false,
        now: () => new Date(),
        monotonic: () => performance.now(),
        timing: { reapMs },
      })
      measureQueue(meter, queue)
      measureExecution(meter, { execution, images, concurrency })
      await execution.start()
      teardown.add('execution', () => execution.stop(stopGraceMs))
      const languages = () => languagesPart(images, selection.first)
      const health = () =>
        Promise.all([eventLogPart(log), jobQueuePart(queue), sandboxPart(sandbox, daemon), languages()])
      return { router: express.Router(), parts: health, release: async () => undefined }
    }),
  )
