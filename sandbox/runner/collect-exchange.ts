import { isUtf8 } from 'node:buffer'
import * as E from 'fp-ts/lib/Either.js'
import type { CollectedFile, CollectedFiles, FilesWanted, LeftOutFile } from '../sandbox.ts'
import type { CollectFrame } from './collect-frames.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

export type CollectExchange = Readonly<{
  /** Takes one frame of this collection; null: there is more to come. */
  take: (frame: CollectFrame) => E.Either<RunnerFault, CollectedFiles | null>
}>

type Taken = Readonly<{ path: Buffer; size: number; content: Buffer }>

const going = E.right(null)
const violated = (what: string): E.Either<RunnerFault, never> => E.left(runnerFault(`protocol violated: ${what}`))

/** The host's side of one collection: keeps to what was asked for whatever the runner says, and checks its sums. */
export const createCollectExchange = ({ limits }: Pick<FilesWanted, 'limits'>): CollectExchange => {
  const taken: Taken[] = []
  const leftOut: LeftOutFile[] = []
  let filled = 0
  let bytes = 0

  const missing = (): number => (taken.at(-1)?.content.length ?? 0) - filled

  const found = ({ path, size }: Extract<CollectFrame, { _tag: 'FileFound' }>) => {
    const last = taken.at(-1)
    if (missing() > 0) return violated('a file before the end of another')
    if (last !== undefined && Buffer.compare(last.path, path) >= 0) return violated('files out of order')
    const kept = Math.min(size, limits.fileBytes)
    if (taken.length === limits.files || kept > limits.totalBytes - bytes)
      return violated('more files than were asked for')
    taken.push({ path, size, content: Buffer.alloc(kept) })
    filled = 0
    bytes += kept
    return going
  }

  const fill = (piece: Buffer) => {
    if (piece.length > missing()) return violated('more of a file than there is')
    taken.at(-1)?.content.set(piece, filled)
    filled += piece.length
    return going
  }

  const left = ({ path, reason }: LeftOutFile) => {
    if (leftOut.length === mostLeftOut) return violated('more files left out than are told of')
    leftOut.push({ path, reason })
    return going
  }

  const conclude = (sums: Extract<CollectFrame, { _tag: 'Collected' }>) => {
    if (missing() > 0 || sums.files !== taken.length || sums.bytes !== bytes || sums.leftOut < leftOut.length)
      return violated('files lost on the way')
    const named = taken.filter(({ path }) => isUtf8(path))
    const unnamed = taken.filter(({ path }) => !isUtf8(path))
    return E.right({
      files: named.map(fileOf),
      leftOut: [...(sums.isLate ? [notAllSeen] : []), ...leftOut, ...unnamed.map(withoutName)],
      leftOutInAll: sums.leftOut + unnamed.length + (sums.isLate ? 1 : 0),
    })
  }

  const take = (frame: CollectFrame): E.Either<RunnerFault, CollectedFiles | null> => {
    switch (frame._tag) {
      case 'FileFound':
        return found(frame)
      case 'FileBytes':
        return fill(frame.bytes)
      case 'FileLeftOut':
        return left(frame)
      case 'Collected':
        return conclude(frame)
    }
  }

  return { take }
}

const mostLeftOut = 100

const notAllSeen: LeftOutFile = { path: '.', reason: 'search_time' }

const fileOf = ({ path, ...file }: Taken): CollectedFile => ({ path: path.toString('utf8'), ...file })

// Its bytes that are no text are shown as U+FFFD.
const withoutName = ({ path }: Taken): LeftOutFile => ({ path: path.toString('utf8'), reason: 'not_utf8' })
