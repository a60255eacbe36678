import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { genesisHash } from './chain.ts'
import { type ChainCheck, createChainCheck, type Flaw, type Link } from './chain-check.ts'
import type { Position, StoredCommit } from './commit.ts'
import type { EventLog, EventLogFault } from './event-log.ts'
import type { LostVersions } from './stream-versions.ts'
import { walkPartition } from './walk-partition.ts'

/**
 * `Intact`: every commit up to `n` is as it was written, `hash` names them all; but for the holes at `repaired`, which a
 * repair closed, and the events that were `lost` in them. `Broken`: `position` is the first bad one.
 */
export type ChainVerdict =
  | Readonly<{
      _tag: 'Intact'
      n: number
      hash: string
      repaired: ReadonlyArray<number>
      lost: ReadonlyArray<LostVersions>
    }>
  | Readonly<{ _tag: 'Broken'; position: Position; why: string }>

type Options = Readonly<{
  /** What to begin after, taken for good; default: the genesis. */
  from?: Link
  /** Last position to look at; default: the last there is. */
  to?: number
  /** Looks at each commit that is good in itself: what more is wrong with it, in words. */
  alsoCheck?: (commit: StoredCommit) => string | null
  onPage?: (commits: number) => void
}>

type Log = Pick<EventLog, 'logId' | 'readPartition'>

const broken = ({ position, why }: Flaw): ChainVerdict => ({ _tag: 'Broken', position, why })

const intact = (check: ChainCheck): ChainVerdict => ({
  _tag: 'Intact',
  ...check.tip(),
  repaired: check.repaired(),
  lost: check.lost(),
})

const flawIn = (
  page: ReadonlyArray<StoredCommit>,
  check: ChainCheck,
  isDone: () => boolean,
  { alsoCheck = () => null }: Options,
): Flaw | null => {
  for (const commit of page) {
    if (isDone()) return null
    const flaw = check.take(commit)
    if (flaw !== null) return flaw
    const why = alsoCheck(commit)
    if (why !== null) return { position: { p: commit.p, n: commit.n }, why }
  }
  return null
}

// Damage is a finding; whatever else keeps the store from answering is not.
const unreadable = (p: number, check: ChainCheck, { kind, message }: EventLogFault): ChainVerdict | null =>
  kind === 'corrupt' ? broken({ position: { p, n: check.tip().n + 1 }, why: `cannot be read: ${message}` }) : null

const verdictAtEnd = (check: ChainCheck): ChainVerdict => {
  const flaw = check.end()
  return flaw === null ? intact(check) : broken(flaw)
}

type Page = E.Either<EventLogFault, ReadonlyArray<StoredCommit>>

type Walk = Readonly<{ p: number; check: ChainCheck; isDone: () => boolean; options: Options }>

// Null: the walk goes on.
const takePage = (page: Page, { p, check, isDone, options }: Walk): E.Either<EventLogFault, ChainVerdict> | null => {
  if (E.isLeft(page)) {
    const verdict = unreadable(p, check, page.left)
    return verdict === null ? page : E.right(verdict)
  }
  const flaw = flawIn(page.right, check, isDone, options)
  options.onPage?.(page.right.length)
  return flaw === null ? null : E.right(broken(flaw))
}

/**
 * Walks one partition. A whole suffix that was cut off leaves no trace in the chain: compare what `Intact` says with a
 * tail recorded elsewhere. What cannot be read for being damaged is `Broken`; other faults of the store are Left.
 */
export const verifyChain =
  (log: Log, p: number, options: Options = {}): TaskEither<EventLogFault, ChainVerdict> =>
  async () => {
    const { from = { n: 0, hash: genesisHash(log.logId, p) }, to = Number.POSITIVE_INFINITY } = options
    const check = createChainCheck({ logId: log.logId, p, from })
    const isDone = () => check.tip().n >= to && !check.needsNext()
    for await (const page of walkPartition(log, p, from.n)) {
      const answer = takePage(page, { p, check, isDone, options })
      if (answer !== null) return answer
      if (isDone()) break
    }
    return E.right(verdictAtEnd(check))
  }
