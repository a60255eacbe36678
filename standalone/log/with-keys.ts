import { existsSync } from 'node:fs'
import type { KeyStore, KeyStoreFault } from '@runledger/shared-kernel/sealing/key-store.ts'
import { openMongoKeyStore } from '@runledger/shared-kernel/sealing/mongo/open-mongo-key-store.ts'
import { openSqliteKeyStore } from '@runledger/shared-kernel/sealing/sqlite/open-sqlite-key-store.ts'
import * as E from 'fp-ts/lib/Either.js'
import { storeFiles } from '../compose/open-stores.ts'
import type { CommandNeeds, ExitStatus } from './log-command.ts'

type Place = CommandNeeds['config']

/** The store of the data keys this configuration names, which is made where there is none. */
export const openKeys = ({ mongoUrl, dataDir }: Place): Promise<E.Either<KeyStoreFault, KeyStore>> =>
  (mongoUrl === null ? openSqliteKeyStore(storeFiles(dataDir).keys) : openMongoKeyStore({ url: mongoUrl }))()

const areThere = ({ mongoUrl, dataDir }: Place): boolean => mongoUrl !== null || existsSync(storeFiles(dataDir).keys)

/** Opens the data keys for one command, and closes them afterwards; null where the data folder has none. */
export const withKeys = async (
  { config, complain }: CommandNeeds,
  use: (keys: KeyStore | null) => Promise<ExitStatus>,
): Promise<ExitStatus> => {
  if (!areThere(config)) return use(null)
  const opened = await openKeys(config)
  if (E.isLeft(opened)) {
    complain(`the data keys were not opened: ${opened.left.message}`)
    return 1
  }
  try {
    return await use(opened.right)
  } finally {
    await opened.right.close()
  }
}
