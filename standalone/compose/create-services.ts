import { createCommandService } from '@runledger/command-service/create-command-service.ts'
import { scheduleRetention } from '@runledger/command-service/retention/schedule-retention.ts'
import { scheduleForgetting } from '@runledger/command-service/unused-keys/schedule-forgetting.ts'
import type { SandboxParts } from '@runledger/execution-service/compose/open-sandbox.ts'
import { createExecutionService } from '@runledger/execution-service/create-execution-service.ts'
import { imageCatalogue } from '@runledger/execution-service/languages/image-catalogue.ts'
import { measureExecution } from '@runledger/execution-service/metrics/measure-execution.ts'
import { measuredSandbox } from '@runledger/execution-service/metrics/measured-sandbox.ts'
import { createQueryService } from '@runledger/query-service/create-query-service.ts'
import { measureQueries } from '@runledger/query-service/metrics/measure-queries.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import { healthRouter } from '@runledger/shared-kernel/health/health-router.ts'
import { createApp } from '@runledger/shared-kernel/http/create-app.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { measureQueue } from '@runledger/shared-kernel/metrics/measure-queue.ts'
import { measureRequests } from '@runledger/shared-kernel/metrics/measure-requests.ts'
import type { Meter } from '@runledger/shared-kernel/metrics/meter.ts'
import { metricsRouter } from '@runledger/shared-kernel/metrics/metrics-router.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import type { Express } from 'express'
import { standaloneReadiness } from '../health/standalone-readiness.ts'
import type { Stores } from './open-stores.ts'

type Service = Readonly<{ start: () => Promise<void>; stop: () => Promise<void> }>

export type Services = Readonly<{ app: Express; queries: Service; execution: Service }>

type Needs = Readonly<{
  config: Config
  stores: Stores
  parts: SandboxParts
  logger: Logger
  meter: Meter
  teardown: Teardown
}>

// A run under way may end by itself for so long; then it is abandoned and runs again after the next start.
const stopGraceMs = 3000

/** All services over one set of stores and one sandbox, behind one HTTP application. */
export const createServices = ({ config, stores, parts, logger, meter, teardown }: Needs): Services => {
  const { log: unsealed, keyring, readModels: store, queue, wakeUp, bulk } = stores
  const { images, worker, reap, selection, daemon } = parts
  const sandbox = measuredSandbox(parts.sandbox, meter)
  const { limits, maxBodyBytes, maxAttempts, concurrency } = config
  const log = sealedEventLog(unsealed, keyring)
  const catalogue = imageCatalogue(images)
  const commands = createCommandService({ log, keyring, queue, catalogue, limits, maxBodyBytes, logger })
  const queries = createQueryService({ log: unsealed, store, keyring, wakeUp, bulk, catalogue, limits, logger })
  scheduleRetention({ log, keyring, retention: config.retention, logger, teardown })
  scheduleForgetting({ log: unsealed, keyring, logger, teardown })
  const execution = createExecutionService({
    ...{ log, store, queue, wakeUp, sandbox, worker, concurrency, maxAttempts, reap, logger },
    soleIncarnation: true,
    now: () => new Date(),
    monotonic: () => performance.now(),
  })
  measureQueue(meter, queue)
  measureQueries(meter, { log, queries })
  measureExecution(meter, { execution, images, concurrency })
  const health = healthRouter(() =>
    standaloneReadiness({ log, sandbox, daemon, images, queries, first: selection.first }),
  )
  return {
    app: createApp([measureRequests(meter), commands.router, queries.router, health, metricsRouter(meter)], logger),
    queries,
    execution: { start: execution.start, stop: () => execution.stop(stopGraceMs) },
  }
}
