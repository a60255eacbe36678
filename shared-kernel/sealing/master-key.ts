import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import type { Config } from '../config/config.ts'

const keyBytes = 32

const bytesOf = (text: string): Buffer =>
  /^[0-9a-fA-F]{64}$/.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')

/** The master key a text stands for: 64 hexadecimal digits, or base64 of 32 bytes. Null: none. */
export const masterKeyOf = (text: string): KeyObject | null => {
  const bytes = bytesOf(text)
  const isCanonical =
    /^[0-9a-fA-F]{64}$/.test(text) || bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  return bytes.length === keyBytes && isCanonical ? createSecretKey(bytes) : null
}

const inWords = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** Left: why the file holds no master key, in words. */
const readMasterKeyFile = (file: string): E.Either<string, KeyObject> => {
  try {
    const key = masterKeyOf(readFileSync(file, 'utf8').trim())
    return key === null ? E.left(`${file} holds no key of 32 bytes, as hexadecimal digits or base64`) : E.right(key)
  } catch (thrown) {
    return E.left(`the key cannot be read: ${inWords(thrown)}`)
  }
}

/** Makes a master key in a file that only its owner may read. Never writes over a file. */
const createMasterKeyFile = (file: string): E.Either<string, KeyObject> => {
  try {
    writeFileSync(file, `${randomBytes(keyBytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    return readMasterKeyFile(file)
  } catch (thrown) {
    return E.left(`no key was made: ${inWords(thrown)}`)
  }
}

/** The master key that is configured; null where none is. Left: what is wrong with it, naming the variable. */
export const configuredMasterKey = ({ text, file }: Config['masterKey']): E.Either<string, KeyObject | null> => {
  if (text !== null && file !== null) return E.left('MASTER_KEY and MASTER_KEY_FILE are both set: keep one of them')
  if (text !== null) return E.right(masterKeyOf(text))
  if (file === null) return E.right(null)
  const key = readMasterKeyFile(file)
  return E.isLeft(key) ? E.left(`MASTER_KEY_FILE: ${key.left}`) : key
}

/** `hasBegun`: data keys have been wrapped already, so that a new master key would open none of them. */
export const ownMasterKey = (file: string, hasBegun: boolean): E.Either<string, KeyObject> => {
  if (existsSync(file)) return readMasterKeyFile(file)
  return hasBegun
    ? E.left(`${file} is missing: put it back, or set MASTER_KEY or MASTER_KEY_FILE to the key this log was begun with`)
    : createMasterKeyFile(file)
}
