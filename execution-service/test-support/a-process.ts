import { randomUUID } from 'node:crypto'
import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import {
  type InMemoryOptions,
  openInMemoryEventLog,
} from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import { wokenBy } from '@runledger/shared-kernel/wake-up/woken-by.fixture.ts'
import { onTestFinished, vi } from 'vitest'
import { createExecutionService } from '../create-execution-service.ts'
import type { ExecutionServiceOptions } from '../execution-service-options.ts'

const quickTiming = {
  flushMs: 50,
  retryMs: 1,
  retryMostMs: 5,
  backOffMs: 1,
  backOffMostMs: 5,
  gatherMs: 1,
  idleMs: 20,
  watchGatherMs: 2,
  watchIdleMs: 20,
  gateMs: 20,
  beatMs: 5,
  deadMs: 200,
  sweepMs: 10,
  probeMs: 2,
  settleMs: 20,
}

export const quietLogger = (): Logger => ({
  debug: vi.fn(),
  info: vi.fn(),
  warn: vi.fn(),
  error: vi.fn(),
  fatal: vi.fn(),
})

export const aLog = (options: InMemoryOptions = {}): EventLog => openInMemoryEventLog({ partitions: 4, ...options })

/** An execution service on embedded parts, stopped when the test ends. Its queue and its wake-up live and die with it. */
export const aProcess = (sandbox: Sandbox, overrides: Partial<ExecutionServiceOptions> = {}) => {
  const log = overrides.log ?? aLog()
  const wakeUp = wokenBy(log)
  const queue = openInProcessJobQueue({ settleMs: 20 })
  const logger = quietLogger()
  const service = createExecutionService({
    log,
    store: openInMemoryReadModelStore(),
    queue,
    wakeUp,
    sandbox,
    worker: { id: 'worker-1', incarnation: randomUUID() },
    concurrency: 2,
    maxAttempts: 3,
    soleIncarnation: true,
    reap: async () => undefined,
    now: () => new Date(),
    monotonic: () => performance.now(),
    logger,
    ...overrides,
    timing: { ...quickTiming, ...overrides.timing },
  })
  onTestFinished(() => service.stop(0))
  return { service, log, queue, logger }
}
