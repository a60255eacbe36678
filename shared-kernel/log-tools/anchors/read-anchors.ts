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

const holds = (lines: ReadonlyArray<string>, root: string): boolean =>
  lines.some(line => {
    const found = anchor.decode(parse(line))
    return E.isRight(found) && found.right.root === root
  })

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

/** `newest`: the root of the last anchor that is known to have been taken; null: none is known. */
type Trusted = Readonly<{ key: KeyObject; newest: string | null }>

/**
 * The heads that a file of anchors vouches for. Left: the first line that does not hold, that there is none, or that the
 * newest one known is not among them: no line of the file tells that lines behind it were cut off.
 */
export const readAnchors =
  (file: string, log: Log, { key, newest }: Trusted): TaskEither<string, ReadonlyArray<KnownHead>> =>
  async () => {
    try {
      const lines = (await readFile(file, 'utf8')).split('\n').filter(line => line !== '')
      if (lines.length === 0) return E.left(`${file} holds no anchor`)
      const known = readLines(lines, log, key)
      if (E.isLeft(known)) return E.left(`${file}, ${known.left}`)
      if (newest !== null && !holds(lines, newest))
        return E.left(`${file} does not hold the anchor ${newest}: lines were cut from it`)
      return known
    } catch (thrown) {
      return E.left(`${file} cannot be read: ${thrown instanceof Error ? thrown.message : thrown}`)
    }
  }
