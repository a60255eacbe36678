import { join } from 'node:path'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Config } from '../config/config.ts'
import type { EventLogUnusable } from '../event-log/event-log-unusable.ts'
import type { LogStorage } from '../event-log/log-storage.ts'
import { openMongoLogStorage } from '../event-log/mongo/open-mongo-log-storage.ts'
import { openSqliteLogStorage } from '../event-log/sqlite/open-sqlite-log-storage.ts'

/** The log this configuration names: in MongoDB where MONGO_URL is set, else the file in DATA_DIR. */
export const openLogStorage = (
  { mongoUrl, dataDir }: Pick<Config, 'mongoUrl' | 'dataDir'>,
  access: 'read' | 'write',
): TaskEither<EventLogUnusable, LogStorage> =>
  mongoUrl === null
    ? openSqliteLogStorage({ file: join(dataDir, 'runledger.sqlite'), readOnly: access === 'read' })
    : openMongoLogStorage({ url: mongoUrl })
