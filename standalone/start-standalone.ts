import type { Server } from 'node:http'
import { hostname } from 'node:os'
import { connectDocker } from '@runledger/execution-service/compose/connect-docker.ts'
import { openSandbox } from '@runledger/execution-service/compose/open-sandbox.ts'
import { awaitUsableLanguages } from '@runledger/execution-service/languages/await-usable-languages.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import { closeServer } from '@runledger/shared-kernel/http/close-server.ts'
import { type Address, checkAddress, listen, urlOf } from '@runledger/shared-kernel/http/listen.ts'
import { scheduleAnchors } from '@runledger/shared-kernel/log-tools/anchors/schedule-anchors.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Meter } from '@runledger/shared-kernel/metrics/meter.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createServices, type Services } from './compose/create-services.ts'
import { openStores } from './compose/open-stores.ts'

type Needs = Readonly<{
  config: Config
  logger: Logger
  meter: Meter
  teardown: Teardown
  /** Hears of each step of what takes long. */
  onProgress: (line: string) => void
}>

const messageOf = ({ message }: Readonly<{ message: string }>) => message

const compose = (needs: Needs): TE.TaskEither<string, Services> => {
  const { config, logger, meter, teardown } = needs
  return pipe(
    openStores({ dataDir: config.dataDir, masterKey: config.masterKey, logger, teardown }),
    TE.bindTo('stores'),
    TE.tap(({ stores }) => TE.fromEither(scheduleAnchors({ ...needs, log: stores.log, anchors: config.anchors }))),
    TE.bind('connection', ({ stores }) =>
      pipe(connectDocker({ config, logger, worker: hostname(), logId: stores.log.logId }), TE.mapLeft(messageOf)),
    ),
    TE.bind('parts', ({ connection }) => openSandbox({ ...needs, connection, isAlone: true })),
    TE.tap(
      ({ parts }) =>
        () =>
          awaitUsableLanguages(parts.images),
    ),
    TE.map(({ stores, parts }) => createServices({ config, stores, parts, logger, meter, teardown })),
  )
}

const startServices =
  (teardown: Teardown) =>
  ({ queries, execution }: Services): TE.TaskEither<never, void> =>
  async () => {
    await queries.start()
    teardown.add('query service', queries.stop)
    await execution.start()
    teardown.add('execution service', execution.stop)
    return { _tag: 'Right', right: undefined }
  }

// Long polls are answered by stopping the queries, so that they hold up the end of no connection.
const serve = (teardown: Teardown, address: Address) => (services: Services) =>
  pipe(
    () => listen(services.app, address),
    TE.tapIO((server: Server) => () => {
      teardown.add('HTTP server', () => Promise.all([closeServer(server), services.queries.stop()]))
    }),
  )

/**
 * Runs the embedded system: stores, sandbox, services, HTTP. Resolves to its URL once it serves. What was opened before
 * a Left is the teardown's to end.
 */
export const startStandalone = (needs: Needs): TE.TaskEither<string, string> => {
  const { config, teardown } = needs
  const address = { ...config, portVariable: 'PORT' }
  return pipe(
    // Told before minutes are spent on images.
    () => checkAddress(address),
    TE.mapLeft(messageOf),
    TE.flatMap(() => compose(needs)),
    TE.tap(startServices(teardown)),
    TE.flatMap(services => pipe(serve(teardown, address)(services), TE.mapLeft(messageOf))),
    TE.map(urlOf),
  )
}
