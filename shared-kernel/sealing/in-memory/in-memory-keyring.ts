import { createSecretKey, randomBytes } from 'node:crypto'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { KeyStore } from '../key-store.ts'
import { type Keyring, openKeyring } from '../keyring.ts'
import { inMemoryKeyStore } from './in-memory-key-store.ts'

/** Keys for a test, under a master key nobody knows. */
export const inMemoryKeyring = async (store: KeyStore = inMemoryKeyStore()): Promise<Keyring> => {
  const opened = await openKeyring({ store, master: createSecretKey(randomBytes(32)), logId: 'a log in memory' })()
  if (isLeft(opened)) throw new Error(opened.left.message)
  return opened.right
}
