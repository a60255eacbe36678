import { canonicalJson } from './canonical-json.ts'
import { commitHash } from './chain.ts'
import type { CommitMeta, StoredCommit } from './commit.ts'
import { uuidV5 } from './uuid-v5.ts'

type Place = Readonly<{ logId: string; p: number; n: number }>

/** `recordedAt` and `hash` are dictated by what follows: see `tombstonesFor`. */
type Link = Readonly<{ prev: string; recordedAt: string }>

// Of the log's id and the position alone: whoever repairs a hole, and whenever, writes the same bytes.
const bodyOf = ({ logId, p, n }: Place) => {
  const stream = `tombstone-${p}-${n}`
  const commandId = uuidV5(logId, stream)
  const meta: CommitMeta = {
    commandId: commandId as CommitMeta['commandId'],
    correlationId: commandId,
    causationId: commandId,
    actor: 'log repair',
    tenant: 'log repair',
    traceparent: null,
  }
  return { _id: uuidV5(commandId, stream), p, n, s: stream, v: 1, k: 0, events: '[]', meta: canonicalJson(meta) }
}

const tombstone = (place: Place, link: Link): Omit<StoredCommit, 'hash'> => ({ ...bodyOf(place), ...link })

type Hole = Readonly<{
  logId: string
  p: number
  /** What stands before the hole. */
  before: Readonly<{ n: number; hash: string }>
  /** The first commit after it. */
  after: StoredCommit
}>

/**
 * The commits that close a hole. Each holds no events and is hashed like any other, but the last: its hash is the one
 * that the commit after the hole names, so that the chain closes over what is lost.
 */
export const tombstonesFor = ({ logId, p, before, after }: Hole): ReadonlyArray<StoredCommit> => {
  const closing: Array<StoredCommit> = []
  let prev = before.hash
  for (let n = before.n + 1; n < after.n; n++) {
    const unhashed = tombstone({ logId, p, n }, { prev, recordedAt: after.recordedAt })
    const hash = n === after.n - 1 ? after.prev : commitHash(logId, unhashed)
    closing.push({ ...unhashed, hash })
    prev = hash
  }
  return closing
}

/** Every other commit holds at least one event. */
export const claimsTombstone = ({ k }: Pick<StoredCommit, 'k'>): boolean => k === 0

/** Whether it is to the byte what a repair writes there; `prev`, `recordedAt` and `hash` its neighbours vouch for. */
export const isTombstone = (logId: string, commit: StoredCommit): boolean => {
  const { _id, s, v, k, events, meta } = bodyOf({ logId, p: commit.p, n: commit.n })
  return (
    commit._id === _id &&
    commit.s === s &&
    commit.v === v &&
    commit.k === k &&
    commit.events === events &&
    commit.meta === meta
  )
}
