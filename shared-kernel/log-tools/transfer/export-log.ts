import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { genesisHash } from '../../event-log/chain.ts'
import { createChainCheck } from '../../event-log/chain-check.ts'
import type { StoredCommit } from '../../event-log/commit.ts'
import type { LogStorage } from '../../event-log/log-storage.ts'
import { walkPartition } from '../../event-log/walk-partition.ts'
import { type ExportedKeys, exportKeys } from './export-keys.ts'
import { headerOf, type TransferRecord } from './transfer-record.ts'

type Answer<A> = Promise<E.Either<string, A>>

type Write = (records: ReadonlyArray<TransferRecord>) => Promise<void>

type OnPage = (commits: number) => void

const writeTo =
  (file: FileHandle): Write =>
  async records => {
    if (records.length > 0) await file.write(`${records.map(record => JSON.stringify(record)).join('\n')}\n`)
  }

const asRecord = (commit: StoredCommit): TransferRecord => ({ record: 'commit', ...commit })

/** A log, and the store of its data keys, if it has one. */
export type Source = Readonly<{ storage: LogStorage; keys: ExportedKeys | null }>

type Part = Readonly<{ p: number; upTo: number }>

const exportPartition = async (
  storage: LogStorage,
  { p, upTo }: Part,
  write: Write,
  onPage: OnPage,
): Answer<number> => {
  const check = createChainCheck({ logId: storage.logId, p, from: { n: 0, hash: genesisHash(storage.logId, p) } })
  for await (const page of walkPartition(storage, p, 0)) {
    if (E.isLeft(page)) return E.left(page.left.message)
    const commits = page.right.filter(({ n }) => n <= upTo)
    for (const commit of commits) {
      const flaw = check.take(commit)
      if (flaw !== null) return E.left(`partition ${p}, position ${flaw.position.n} ${flaw.why}; see verify and repair`)
    }
    await write(commits.map(asRecord))
    onPage(commits.length)
    if (check.tip().n >= upTo) break
  }
  const { n } = check.tip()
  return n === upTo ? E.right(n) : E.left(`partition ${p} ends at ${n}, its last position was ${upTo}`)
}

const exportAll = async ({ storage, keys }: Source, write: Write, onPage: OnPage): Answer<number> => {
  const tails = await storage.tails()()
  if (E.isLeft(tails)) return E.left(tails.left.message)
  const { logId, partitions } = storage
  await write([headerOf({ logId, partitions, commits: tails.right.reduce((sum, n) => sum + n, 0) })])
  let count = 0
  for (const [p, upTo] of tails.right.entries()) {
    const exported = await exportPartition(storage, { p, upTo }, write, onPage)
    if (E.isLeft(exported)) return exported
    count += exported.right
  }
  const exported = await exportKeys(keys, write)
  if (E.isLeft(exported)) return exported
  await write([{ record: 'end', commits: count, ...(exported.right > 0 ? { keys: exported.right } : {}) }])
  return E.right(count)
}

const exportInto = async (source: Source, part: string, onPage: OnPage): Answer<number> => {
  const handle = await open(part, 'w', 0o600)
  try {
    const exported = await exportAll(source, writeTo(handle), onPage)
    await handle.sync()
    return exported
  } finally {
    await handle.close()
  }
}

const exportAs = async (source: Source, file: string, onPage: OnPage): Answer<number> => {
  const part = `${file}.part`
  const exported = await exportInto(source, part, onPage)
  if (E.isLeft(exported)) await rm(part)
  else await rename(part, file)
  return exported
}

/**
 * Writes the log as it is at the start to a new file, verified on the way, while appends go on, and then the data keys
 * there are: what is erased meanwhile is not in the file. The file has its name
 * once it is whole. Answers the number of commits; Left: why there is none, in words.
 */
export const exportLog =
  (source: Source, file: string, onPage: OnPage): TaskEither<string, number> =>
  async () => {
    if (existsSync(file)) return E.left(`${file} is there already`)
    try {
      return await exportAs(source, file, onPage)
    } catch (thrown) {
      if (!(thrown instanceof Error) || !('syscall' in thrown)) throw thrown
      return E.left(`${file} was not written: ${thrown.message}`)
    }
  }
