import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Link } from '../event-log/chain-check.ts'
import type { Position } from '../event-log/commit.ts'
import type { EventLogFault } from '../event-log/event-log.ts'
import type { LogStorage } from '../event-log/log-storage.ts'
import { type ChainVerdict, verifyChain } from '../event-log/verify-chain.ts'

/** What an earlier record says stands at a position. `seenAt`: when it was seen there. */
export type KnownHead = Readonly<{ p: number; n: number; hash: string; seenAt: string }>

/** First and last position to look at, by partition. */
export type Bounds = Readonly<{ from: ReadonlyMap<number, number>; to: ReadonlyMap<number, number> }>

type Options = Readonly<{
  bounds: Bounds
  known: ReadonlyArray<KnownHead>
  onPage: (commits: number) => void
}>

/** `stray`: a commit that is in no partition. */
export type LogVerdict = Readonly<{ partitions: ReadonlyMap<number, ChainVerdict>; stray: string | null }>

type Part = Readonly<{ p: number; from: number; to: number; known: ReadonlyMap<number, KnownHead> }>

/** The partitions that the bounds name; without bounds, all. */
export const partitionsWithin = ({ partitions }: Pick<LogStorage, 'partitions'>, { from, to }: Bounds) => {
  const named = new Set([...from.keys(), ...to.keys()])
  return Array.from({ length: partitions }, (_, p) => p).filter(p => named.size === 0 || named.has(p))
}

const knownOf = (known: ReadonlyArray<KnownHead>, p: number): Part['known'] =>
  new Map(known.filter(head => head.p === p && head.n > 0).map(head => [head.n, head]))

const broken = (position: Position, why: string): ChainVerdict => ({ _tag: 'Broken', position, why })

const linkBefore = async (
  storage: LogStorage,
  { p, from }: Part,
): Promise<E.Either<EventLogFault, Link | null | undefined>> => {
  if (from <= 1) return E.right(undefined)
  const read = await storage.readPartition(p, from - 2, 1)()
  if (E.isLeft(read)) return read
  const commit = read.right[0]
  return E.right(commit?.n === from - 1 ? commit : null)
}

// What was there once and is now beyond the end was cut off: no hash of the chain would tell.
const cutOff = (verdict: ChainVerdict, { p, to, known }: Part): ChainVerdict => {
  if (verdict._tag === 'Broken') return verdict
  const missing = [...known.values()].find(({ n }) => n > verdict.n && n <= to)
  if (missing === undefined) return verdict
  const why = `ends before position ${missing.n}, which was there at ${missing.seenAt}`
  return broken({ p, n: verdict.n + 1 }, why)
}

const verifyPart = async (
  storage: LogStorage,
  part: Part,
  onPage: Options['onPage'],
): Promise<E.Either<EventLogFault, ChainVerdict>> => {
  const { p, to, known } = part
  const from = await linkBefore(storage, part)
  if (E.isLeft(from)) return from
  if (from.right === null)
    return E.right(broken({ p, n: part.from - 1 }, 'is missing, so what follows has no beginning'))
  const verdict = await verifyChain(storage, p, {
    ...(from.right !== undefined && { from: from.right }),
    to,
    onPage,
    alsoCheck: ({ n, hash }) => {
      const head = known.get(n)
      return head === undefined || head.hash === hash ? null : `is not the commit that was there at ${head.seenAt}`
    },
  })()
  return E.isLeft(verdict) ? verdict : E.right(cutOff(verdict.right, part))
}

/** Walks the partitions one after the other, and names the first bad position of each. */
export const verifyLog =
  (storage: LogStorage, { bounds, known, onPage }: Options): TaskEither<EventLogFault, LogVerdict> =>
  async () => {
    const partitions = new Map<number, ChainVerdict>()
    for (const p of partitionsWithin(storage, bounds)) {
      const from = bounds.from.get(p) ?? 1
      const to = bounds.to.get(p) ?? Number.POSITIVE_INFINITY
      const verdict = await verifyPart(storage, { p, from, to, known: knownOf(known, p) }, onPage)
      if (E.isLeft(verdict)) return verdict
      partitions.set(p, verdict.right)
    }
    const stray = await storage.stray()()
    return E.isLeft(stray) ? stray : E.right({ partitions, stray: stray.right })
  }
