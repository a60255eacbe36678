import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { KnownHead } from '../verify-log.ts'
import { type Anchor, anchor, anchorProblem } from './anchor.ts'

type Log = Readonly<{ logId: string; partitions: number }>

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const knownHeads = ({ heads, at }: Anchor): ReadonlyArray<KnownHead> =>
  heads.map(({ n, hash }, p) => ({ p, n, hash, seenAt: at }))

const readLines = (lines: ReadonlyArray<string>, log: Log, publicKey: KeyObject) => {
  const known: Array<KnownHead> = []
  for (const [index, line] of lines.entries()) {
    const found = anchor.decode(parse(line))
    if (E.isLeft(found)) return E.left(`line ${index + 1} is no anchor`)
    const problem = anchorProblem(found.right, { ...log, publicKey })
    if (problem !== null) return E.left(`line ${index + 1}: ${problem}`)
    known.push(...knownHeads(found.right))
  }
  return E.right(known)
}

/** The heads that a file of anchors vouches for. Left: the first line that does not hold, or that there is none. */
export const readAnchors =
  (file: string, log: Log, publicKey: KeyObject): TaskEither<string, ReadonlyArray<KnownHead>> =>
  async () => {
    try {
      const lines = (await readFile(file, 'utf8')).split('\n').filter(line => line !== '')
      if (lines.length === 0) return E.left(`${file} holds no anchor`)
      const known = readLines(lines, log, publicKey)
      return E.isLeft(known) ? E.left(`${file}, ${known.left}`) : known
    } catch (thrown) {
      return E.left(`${file} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}`)
    }
  }
