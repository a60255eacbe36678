import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { verifyChain } from '@runledger/shared-kernel/event-log/verify-chain.ts'
import { createApp } from '@runledger/shared-kernel/http/create-app.ts'
import { findLanguage } from '@runledger/shared-kernel/languages/find-language.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { wokenBy } from '@runledger/shared-kernel/wake-up/woken-by.fixture.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { createQueryService, type QueryService, type Sharing } from './create-query-service.ts'
import type { Projection } from './projector/projection.ts'
import { projections } from './read-models/projections.ts'
import type { BulkWork } from './rebuild/bulk-work.ts'
import { foldDifferences } from './rebuild/fold-differences.fixture.ts'
import type { StreamTiming } from './streams/send-events.ts'

export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, fatal: () => {} }

const opened = async <A>(open: TaskEither<Readonly<{ message: string }>, A>): Promise<A> => {
  const result = await open()
  if (isLeft(result)) throw new Error(result.left.message)
  return result.right
}

const limits = {
  cpuTimeMs: 1,
  wallTimeMs: 2,
  memoryBytes: 3,
  processes: 4,
  outputBytes: 5,
  fileBytes: 6,
  tmpfsBytes: 7,
  stackBytes: 8,
}
const phaseLimits = { defaults: limits, maxima: { ...limits, cpuTimeMs: 100 } }

const python: Language = {
  name: 'python',
  aliases: ['py'],
  fileName: 'main.py',
  compiled: false,
  runFactors: { cpuTimeMs: 3.4, wallTimeMs: 3 },
  compileFactors: {},
  state: 'ready',
  version: '3.13.5',
  image: 'sha256:0',
}
const catalogue: LanguageCatalogue = { all: () => [python], find: word => findLanguage([python], word) }

/** What query services have in common: log and read models in real files. */
type Parts = Readonly<{ log: EventLog; store: ReadModelStore; wakeUp: WakeUp; close: () => Promise<void> }>

export const openParts = async (): Promise<Parts> => {
  const folder = await mkdtemp(join(tmpdir(), 'runledger-query-'))
  const log = await opened(openSqliteEventLog({ file: join(folder, 'log.sqlite') }))
  const store = await opened(openSqliteReadModelStore({ file: join(folder, 'read-models.sqlite') }))
  const wakeUp = wokenBy(log)
  const close = async (): Promise<void> => {
    await Promise.all([log.close(), store.close(), wakeUp.close()])
    await rm(folder, { recursive: true })
  }
  return { log, store, wakeUp, close }
}

export type Served = Omit<Parts, 'wakeUp'> &
  Readonly<{
    service: QueryService
    server: Server
    get: (path: string, init?: RequestInit) => Promise<Response>
  }>

type Options = Readonly<{
  maxWaiting?: number
  maxStreams?: number
  streamTiming?: StreamTiming
  sharing?: Sharing
  projections?: ReadonlyArray<Projection>
  bulk?: BulkWork
  keyring?: Keyring
  /** The test has made the read models something else than the log says. */
  leavesDifferences?: boolean
}>

const expectSoundStores = async (
  { log, store }: Pick<Parts, 'log' | 'store'>,
  served: ReadonlyArray<Projection> = projections,
): Promise<void> => {
  // A test that has closed the log leaves nothing to look at.
  if (isLeft(await log.tails()())) return
  const chains = await Promise.all(Array.from({ length: log.partitions }, (_, p) => verifyChain(log, p)()))
  const broken = chains.filter(verdict => isLeft(verdict) || verdict.right._tag === 'Broken')
  if (broken.length > 0) throw new Error(`the chains of the log do not hold: ${JSON.stringify(broken)}`)
  const differences = await foldDifferences(log, store, served)
  if (differences.length > 0) throw new Error(`the read models differ from the log: ${differences.join('; ')}`)
}

/** A query service over real HTTP. Closing it verifies log and read models, and leaves the parts open. */
export const serveOn = async (
  { log, store, wakeUp }: Omit<Parts, 'close'>,
  { leavesDifferences = false, ...options }: Options = {},
): Promise<Served> => {
  const service = createQueryService({
    log,
    store,
    keyring: await inMemoryKeyring(),
    wakeUp,
    catalogue,
    limits: { run: phaseLimits, compile: phaseLimits, outputs: { files: 1, fileBytes: 1, totalBytes: 1 } },
    logger: silent,
    ...options,
  })
  await service.start()
  const server = createServer(createApp([service.router], silent))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const close = async (): Promise<void> => {
    await service.stop()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    if (!leavesDifferences) await expectSoundStores({ log, store }, options.projections)
  }

  return { log, store, service, server, get: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init), close }
}

type Differences = Options & Readonly<{ store?: (real: ReadModelStore) => ReadModelStore }>

/** The query service over real SQLite files and real HTTP, following a log that is still empty. */
export const serve = async ({ store: wrapped = real => real, ...options }: Differences = {}): Promise<Served> => {
  const parts = await openParts()
  const served = await serveOn({ ...parts, store: wrapped(parts.store) }, options)
  const close = async (): Promise<void> => {
    await served.close()
    await parts.close()
  }
  return { ...served, close }
}
