import type { KeyObject } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { EventLog } from '../../event-log/event-log.ts'
import { type Anchor, type Head, signAnchor } from './anchor.ts'

type Log = Pick<EventLog, 'logId' | 'partitions' | 'tails' | 'readPartition'>

const headOf = async (log: Log, p: number, n: number): Promise<E.Either<string, Head>> => {
  if (n === 0) return E.right({ n: 0, hash: '' })
  const read = await log.readPartition(p, n - 1, 1)()
  if (E.isLeft(read)) return E.left(read.left.message)
  const commit = read.right[0]
  return commit?.n === n
    ? E.right({ n, hash: commit.hash })
    : E.left(`partition ${p} has no position ${n}, which was its last`)
}

const headsOf = async (log: Log): Promise<E.Either<string, ReadonlyArray<Head>>> => {
  const tails = await log.tails()()
  if (E.isLeft(tails)) return E.left(tails.left.message)
  const heads: Array<Head> = []
  for (const [p, n] of tails.right.entries()) {
    const head = await headOf(log, p, n)
    if (E.isLeft(head)) return head
    heads.push(head.right)
  }
  return E.right(heads)
}

const appendTo = async (file: FileHandle, anchor: Anchor): Promise<void> => {
  await file.write(`${JSON.stringify(anchor)}\n`)
  await file.sync()
}

const appendLine = async (file: string, anchor: Anchor): Promise<E.Either<string, Anchor>> => {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, 'a', 0o644)
    await appendTo(handle, anchor)
    return E.right(anchor)
  } catch (thrown) {
    return E.left(`${file} was not written: ${thrown instanceof Error ? thrown.message : thrown}`)
  } finally {
    await handle?.close()
  }
}

/** Appends what the log is now, signed, to a file of one anchor a line; durable once answered. Left: why not, in words. */
export const takeAnchor =
  (log: Log, to: Readonly<{ file: string; key: KeyObject; now: Date }>): TaskEither<string, Anchor> =>
  async () => {
    const heads = await headsOf(log)
    if (E.isLeft(heads)) return heads
    return appendLine(to.file, signAnchor({ logId: log.logId, at: to.now.toISOString(), heads: heads.right }, to.key))
  }
