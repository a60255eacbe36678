import type { KeyObject } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventLog } from '../event-log/event-log.ts'
import type { KeyStore } from '../sealing/key-store.ts'
import { type Keyring, openKeyring as openKeyringOn } from '../sealing/keyring.ts'
import { configuredMasterKey } from '../sealing/master-key.ts'
import { openMongoKeyStore } from '../sealing/mongo/open-mongo-key-store.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

const part = 'data keys (MONGO_URL)'

const noKey =
  'MASTER_KEY is not set, nor MASTER_KEY_FILE: services that run apart need one master key, the same for all; make one with: openssl rand -hex 32'

const requireMasterKey = ({ config }: ServiceNeeds): E.Either<string, KeyObject> =>
  pipe(
    configuredMasterKey(config.masterKey),
    E.flatMap(key => (key === null ? E.left(noKey) : E.right(key))),
  )

const openStore = ({ teardown, waitFor }: ServiceNeeds, url: string): TE.TaskEither<string, KeyStore> =>
  pipe(
    waitFor(
      part,
      pipe(
        openMongoKeyStore({ url }),
        TE.mapLeft(({ message }) => ({ message, isPassing: true })),
      ),
    ),
    TE.tapIO(store => () => teardown.add('data keys', store.close)),
  )

/** The data keys in MongoDB, under the master key that is configured. */
export const openKeyring = (needs: ServiceNeeds, { logId }: Pick<EventLog, 'logId'>): TE.TaskEither<string, Keyring> =>
  pipe(
    TE.fromEither(requireMasterKey(needs)),
    TE.bindTo('master'),
    TE.bind('url', () => TE.fromEither(requireUrl('MONGO_URL', needs.config.mongoUrl))),
    TE.bind('store', ({ url }) => openStore(needs, url)),
    TE.flatMap(({ store, master }) => needs.waitFor(part, openKeyringOn({ store, master, logId }))),
    TE.tapIO(keyring => () => needs.teardown.add('data keys made ahead', keyring.close)),
  )
