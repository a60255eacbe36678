// The embedded system whole but for its sandbox.
import { randomUUID } from 'node:crypto'
import type { SandboxParts } from '@runledger/execution-service/compose/open-sandbox.ts'
import { loadLanguageDefinitions } from '@runledger/sandbox/languages/load-languages.ts'
import { closeServer } from '@runledger/shared-kernel/http/close-server.ts'
import { listen, urlOf } from '@runledger/shared-kernel/http/listen.ts'
import { type ProcessNeeds, runMain } from '@runledger/shared-kernel/process/run-main.ts'
import { createServices } from '@runledger/standalone/compose/create-services.ts'
import { openStores } from '@runledger/standalone/compose/open-stores.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { nullSandbox } from './null-sandbox.ts'

const nullParts: TE.TaskEither<string, SandboxParts> = pipe(
  loadLanguageDefinitions,
  TE.bimap(
    ({ folder, problems }) => `${folder}: ${problems.join('; ')}`,
    definitions => {
      const python = definitions.filter(({ name }) => name === 'python')
      const ready = { state: 'ready', version: 'none', digest: 'none', problem: null } as const
      return {
        selection: { definitions: python, first: ['python'] },
        images: {
          firstReady: Promise.resolve(),
          settled: Promise.resolve(),
          find: () => null,
          statuses: () => python.map(definition => ({ definition, ...ready })),
          close: async () => undefined,
        },
        sandbox: nullSandbox,
        daemon: { warnings: [], facts: {} },
        worker: { id: 'null-executor', incarnation: randomUUID() },
        reap: async () => undefined,
      }
    },
  ),
)

const start = ({ config, logger, meter, teardown }: ProcessNeeds): TE.TaskEither<string, unknown> =>
  pipe(
    openStores({ dataDir: config.dataDir, masterKey: config.masterKey, logger, teardown }),
    TE.bindTo('stores'),
    TE.bind('parts', () => nullParts),
    TE.map(needs => createServices({ config, logger, meter, teardown, ...needs })),
    TE.tapIO(({ queries, execution }) => async () => {
      await queries.start()
      teardown.add('query service', queries.stop)
      await execution.start()
      teardown.add('execution service', execution.stop)
    }),
    TE.flatMap(({ app, queries }) =>
      pipe(
        () => listen(app, { ...config, portVariable: 'PORT' }),
        TE.mapLeft(({ message }) => message),
        TE.tapIO(server => () => {
          teardown.add('HTTP server', () => Promise.all([closeServer(server), queries.stop()]))
          console.log(`null-standalone serves at ${urlOf(server)}`)
        }),
      ),
    ),
  )

await runMain({ env: process.env, announce: line => console.error(line), start })
