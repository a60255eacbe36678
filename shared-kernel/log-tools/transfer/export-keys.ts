import * as E from 'fp-ts/lib/Either.js'
import type { KeyStore, KeyStoreFault, StoredKey } from '../../sealing/key-store.ts'
import type { TransferRecord } from './transfer-record.ts'

export type ExportedKeys = Pick<KeyStore, 'check' | 'inOrder'>

type Write = (records: ReadonlyArray<TransferRecord>) => Promise<void>

const keysPerPage = 1000

const inWords = ({ message }: KeyStoreFault): string => `the data keys cannot be read: ${message}`

const writePages = async (keys: ExportedKeys, write: Write): Promise<E.Either<string, number>> => {
  let count = 0
  let after = ''
  for (;;) {
    const page: E.Either<KeyStoreFault, ReadonlyArray<StoredKey>> = await keys.inOrder(after, keysPerPage)()
    if (E.isLeft(page)) return E.left(inWords(page.left))
    const last = page.right.at(-1)
    if (last === undefined) return E.right(count)
    await write(page.right.map(key => ({ record: 'key', ...key })))
    count += page.right.length
    after = last.stream
  }
}

/** Writes the data keys, wrapped as they are. Answers how many there were. */
export const exportKeys = async (keys: ExportedKeys | null, write: Write): Promise<E.Either<string, number>> => {
  if (keys === null) return E.right(0)
  const proof = await keys.check()()
  if (E.isLeft(proof)) return E.left(inWords(proof.left))
  if (proof.right === null) return E.right(0)
  await write([{ record: 'master', proof: proof.right }])
  return writePages(keys, write)
}
