import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { StoredCommit } from '../../event-log/commit.ts'
import { createImportCheck } from './import-check.ts'
import { createKeyImport, type KeyImport, type OpenKeyTarget } from './import-keys.ts'
import type { ImportTarget, OpenImportTarget } from './import-target.ts'
import { linesOf } from './lines-of.ts'
import { type Header, readRecord, type TransferRecord } from './transfer-record.ts'

type Answer<A> = Promise<E.Either<string, A>>

type OnPage = (commits: number) => void

const bytesPerBatch = 4 * 1024 * 1024
const largestBatch = 1000

type Numbered = Readonly<{ line: number; record: E.Either<string, TransferRecord> }>

async function* recordsOf(file: string): AsyncGenerator<Numbered> {
  let line = 0
  for await (const text of linesOf(file)) {
    line += 1
    yield { line, record: readRecord(text) }
  }
}

const at = (line: number, why: string) => E.left(`line ${line} ${why}`)

const cut = E.left('the file ends without its last record: it was cut')

// Gathers commits, so that a store is asked once for many.
const createBatch = (target: ImportTarget, onPage: OnPage) => {
  let commits: Array<StoredCommit> = []
  let bytes = 0
  const flush = async (): Answer<void> => {
    const written = await target.write(commits)()
    if (E.isRight(written)) onPage(commits.length)
    commits = []
    bytes = 0
    return written
  }
  return {
    flush,
    add: async (commit: StoredCommit): Answer<void> => {
      commits.push(commit)
      bytes += commit.events.length
      return bytes >= bytesPerBatch || commits.length >= largestBatch ? flush() : E.right(undefined)
    },
  }
}

type Import = Readonly<{
  check: ReturnType<typeof createImportCheck>
  batch: ReturnType<typeof createBatch>
  keys: KeyImport
}>

const takeCommit = async ({ check, batch }: Import, commit: StoredCommit, line: number): Answer<null> => {
  const why = check.take(commit)
  if (why !== null) return at(line, why)
  const added = await batch.add(commit)
  return E.isLeft(added) ? added : E.right(null)
}

type End = Readonly<{ commits: number; keys?: number }>

const takeEnd = async ({ check, batch, keys }: Import, end: End, line: number): Answer<number> => {
  const ended = check.end(end.commits)
  if (E.isLeft(ended)) return at(line, ended.left)
  if (keys.count() !== (end.keys ?? 0)) return at(line, `says ${end.keys ?? 0} keys, there were ${keys.count()}`)
  for (const flush of [batch.flush, keys.flush]) {
    const flushed = await flush()
    if (E.isLeft(flushed)) return flushed
  }
  return ended
}

const takeOfKeys = async (answer: Answer<null>, line: number): Answer<null> => {
  const taken = await answer
  return E.isLeft(taken) ? at(line, taken.left) : taken
}

// Null: the file goes on.
const take = async (into: Import, { line, record }: Numbered): Answer<number | null> => {
  if (E.isLeft(record)) return at(line, record.left)
  const taken = record.right
  switch (taken.record) {
    case 'header':
      return at(line, 'is a second header')
    case 'end':
      return takeEnd(into, taken, line)
    case 'master':
      return takeOfKeys(into.keys.begin(taken.proof), line)
    case 'key': {
      const { record: _, ...key } = taken
      return takeOfKeys(into.keys.take(key), line)
    }
    case 'commit': {
      const { record: _, ...commit } = taken
      return takeCommit(into, commit, line)
    }
  }
}

const importRest = async (records: AsyncGenerator<Numbered>, into: Import): Answer<number> => {
  let count: number | null = null
  for await (const numbered of records) {
    if (count !== null) return at(numbered.line, 'follows the end')
    const taken = await take(into, numbered)
    if (E.isLeft(taken)) return taken
    count = taken.right
  }
  return count === null ? cut : E.right(count)
}

const readHeader = async (records: AsyncGenerator<Numbered>): Answer<Header> => {
  const first = await records.next()
  if (first.done) return cut
  const { record } = first.value
  if (E.isLeft(record)) return at(1, record.left)
  return record.right.record === 'header' ? E.right(record.right) : at(1, 'is no header')
}

type Targets = Readonly<{ target: ImportTarget; keys: KeyImport }>

const importInto = async (
  records: AsyncGenerator<Numbered>,
  header: Header,
  { target, keys }: Targets,
  onPage: OnPage,
): Answer<number> => {
  let imported: E.Either<string, number> | null = null
  try {
    const into = { check: createImportCheck(header), batch: createBatch(target, onPage), keys }
    const count = await importRest(records, into)
    const finished = E.isLeft(count) ? count : await target.finish()()
    imported = E.isLeft(finished) ? finished : count
    return imported
  } finally {
    if (imported === null || E.isLeft(imported)) await Promise.all([target.discard(), keys.discard()])
    await keys.close()
  }
}

/** The stores that a log and its data keys go to. */
export type OpenTargets = Readonly<{ log: OpenImportTarget; keys: OpenKeyTarget }>

/**
 * Makes the log that a file holds in an empty store: same identity, positions and hashes, each verified on the way. All
 * or nothing. `follow` is told how many commits there are. Answers their number; Left: what is wrong with the file or
 * the store, in words.
 */
export const importLog =
  (file: string, open: OpenTargets, follow: (commits: number) => OnPage): TaskEither<string, number> =>
  async () => {
    const records = recordsOf(file)
    try {
      const header = await readHeader(records)
      if (E.isLeft(header)) return header
      const target = await open.log(header.right)()
      if (E.isLeft(target)) return target
      const targets = { target: target.right, keys: createKeyImport(open.keys) }
      return await importInto(records, header.right, targets, follow(header.right.commits))
    } catch (thrown) {
      if (!(thrown instanceof Error) || !('syscall' in thrown)) throw thrown
      return E.left(`${file} cannot be read: ${thrown.message}`)
    } finally {
      await records.return(undefined)
    }
  }
