import { randomUUID } from 'node:crypto'
import { openStores } from '@runledger/execution-service/compose/open-stores.ts'
import { createExecutionService } from '@runledger/execution-service/create-execution-service.ts'
import { announceLanguages } from '@runledger/execution-service/languages/announce-languages.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import { type OpenService, runService, type ServiceNeeds } from '@runledger/shared-kernel/service/run-service.ts'
import express from 'express'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { nullSandbox } from './null-sandbox.ts'

const python: Language = {
  name: 'python',
  aliases: [],
  fileName: 'main.py',
  compiled: false,
  runFactors: {},
  compileFactors: {},
  state: 'ready',
  version: 'none',
  image: 'none',
}

const stopGraceMs = 1000

/** An execution-service whole but for its sandbox. */
const openNullExecutor = (needs: ServiceNeeds): TE.TaskEither<string, OpenService> =>
  pipe(
    openStores(needs),
    TE.flatMapTask(({ registry, ...stores }) => async () => {
      const { config, logger, teardown } = needs
      const worker = { id: 'null-executor', incarnation: randomUUID() }
      const { concurrency, maxAttempts } = config
      const execution = createExecutionService({
        ...{ ...stores, sandbox: nullSandbox, worker, concurrency, maxAttempts, logger },
        reap: async () => undefined,
        soleIncarnation: false,
        now: () => new Date(),
        monotonic: () => performance.now(),
      })
      await execution.start()
      teardown.add('execution', () => execution.stop(stopGraceMs))
      teardown.add('announcements', announceLanguages({ registry, catalogue: { all: () => [python] }, worker, logger }))
      return { router: express.Router(), parts: async () => [], release: async () => undefined }
    }),
  )

await runService(
  {
    name: 'null-executor',
    portVariable: 'EXECUTION_PORT',
    port: ({ ports }) => ports.execution,
    open: openNullExecutor,
  },
  process.env,
)
