import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'

/** Where the public key lies, beside the private one. */
export const publicKeyFile = (keyFile: string): string => `${keyFile}.pub`

const inWords = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** Makes a key that signs anchors, and its public half beside it. Never writes over a file. */
export const createAnchorKey = (file: string): E.Either<string, void> => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
    writeFileSync(publicKeyFile(file), publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644, flag: 'wx' })
    return E.right(undefined)
  } catch (thrown) {
    return E.left(`no key was made: ${inWords(thrown)}`)
  }
}

const readKey = (file: string, parse: (pem: string) => KeyObject): E.Either<string, KeyObject> => {
  try {
    const key = parse(readFileSync(file, 'utf8'))
    return key.asymmetricKeyType === 'ed25519' ? E.right(key) : E.left(`${file} holds no Ed25519 key`)
  } catch (thrown) {
    return E.left(`the key in ${file} cannot be read: ${inWords(thrown)}`)
  }
}

/** The key that signs anchors. Left: why it cannot be used, in words. */
export const readAnchorKey = (file: string): E.Either<string, KeyObject> => readKey(file, createPrivateKey)

export const readPublicKey = (file: string): E.Either<string, KeyObject> => readKey(file, createPublicKey)
