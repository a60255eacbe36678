import * as t from 'io-ts'
import type { Db } from 'mongodb'
import { findWhole } from '../../mongo/find-whole.ts'
import { gathered } from '../../mongo/gathered.ts'
import { groupedInserts } from '../../mongo/grouped-inserts.ts'
import { quickDecoder } from '../../types/quick-decoder.ts'
import type { Tail } from '../build-commit.ts'
import { genesisHash } from '../chain.ts'
import type { StoredCommit } from '../commit.ts'
import { CorruptCommit } from './corrupt-commit.ts'
import type { Seen } from './recent-commits.ts'

const text = { _id: t.string, s: t.string, events: t.string, meta: t.string, recordedAt: t.string }
const numbers = { p: t.number, n: t.number, v: t.number, k: t.number }
const storedCommit = t.strict({ ...text, ...numbers, prev: t.string, hash: t.string }, 'StoredCommit')
const seenCommit = t.strict({ _id: t.string, s: t.string, recordedAt: t.string, hash: t.string, ...numbers }, 'Seen')
const tail = t.strict({ n: t.number, hash: t.string, recordedAt: t.string }, 'Tail')
const lastPosition = t.strict({ _id: t.number, n: t.number }, 'LastPosition')

const reading = <A>(codec: t.Type<A, unknown>) => {
  const decode = quickDecoder(codec)
  return (document: unknown): A => {
    const decoded = decode(document)
    if (decoded._tag === 'Left') throw new CorruptCommit(`a stored commit is not a ${codec.name}`)
    return decoded.right
  }
}

const toCommit = reading(storedCommit)
const toSeen = reading(seenCommit)
const toTail = reading(tail)
const toLastPosition = reading(lastPosition)

type Since = Readonly<{ p: number; n: number; also: Readonly<{ s: string } | { _id: string }> }>

const sinceMost = 32

const name = 'commits'
const byPosition = { p: 1, n: 1 } as const

/** What the log asks of the collection `commits`. Rejects with what the driver throws. */
export const commitCollection = (db: Db, logId: string) => {
  const commits = db.collection<StoredCommit>(name)
  const wholeStream = gathered(async (keys: ReadonlyArray<string>) => {
    const wanted = keys.map(key => JSON.parse(key) as Readonly<{ p: number; s: string }>)
    const found = await findWhole(db, { find: name, filter: { $or: wanted }, sort: { p: 1, s: 1, v: 1 } })
    return Map.groupBy(found, ({ p, s }) => JSON.stringify({ p, s }))
  })
  const sinceAll = gathered(async (keys: ReadonlyArray<string>) => {
    const asked = keys.map(key => JSON.parse(key) as Since)
    const filter = {
      $or: asked.flatMap(({ p, n, also }) => [
        { p, n: { $gte: n } },
        { p, ...also },
      ]),
    }
    const projection = { events: 0, meta: 0, prev: 0 } as const
    const most = sinceMost * asked.length
    const found = await findWhole(db, { find: name, filter, projection, sort: byPosition, limit: most })
    if (found.length === most) return new Map()
    const byPartition = Map.groupBy(found.map(toSeen), ({ p }) => p)
    return new Map(keys.map((key, index) => [key, byPartition.get(asked[index]?.p ?? -1) ?? []]))
  })
  const versionFields = { _id: 0, v: 1, k: 1 } as const
  return {
    tail: async (p: number): Promise<Tail> => {
      const projection = { _id: 0, n: 1, hash: 1, recordedAt: 1 } as const
      const found = await commits.findOne({ p }, { sort: { n: -1 }, projection })
      return found === null ? { n: 0, hash: genesisHash(logId, p), recordedAt: '' } : toTail(found)
    },
    /** Last positions; of empty partitions none. The first commit by (p, -n) of each p: the index is skipped through. */
    tails: async (): Promise<ReadonlyMap<number, number>> =>
      new Map(
        (
          await commits
            .aggregate([{ $sort: { p: -1, n: -1 } }, { $group: { _id: '$p', n: { $first: '$n' } } }])
            .toArray()
        ).map(found => {
          const { _id, n } = toLastPosition(found)
          return [_id, n]
        }),
      ),
    /** Version of a stream, 0 where it is unknown. */
    streamVersion: async (p: number, s: string): Promise<number> => {
      const found = await commits.findOne({ p, s }, { sort: { v: -1 }, projection: versionFields })
      return found === null ? 0 : found.v + found.k - 1
    },
    byId: async (p: number, commitId: string): Promise<StoredCommit | null> => {
      const found = await commits.findOne({ _id: commitId, p })
      return found === null ? null : toCommit(found)
    },
    /** All commits of the stream, in order. */
    stream: async (p: number, s: string): Promise<ReadonlyArray<StoredCommit>> =>
      ((await wholeStream(JSON.stringify({ p, s }))) ?? []).map(toCommit),
    /** Commits of the stream that begin at `fromVersion` or later, in order. */
    streamAfter: async (p: number, s: string, fromVersion: number): Promise<ReadonlyArray<StoredCommit>> =>
      (
        await commits
          .find({ p, s, v: { $gte: fromVersion } })
          .sort({ v: 1 })
          .toArray()
      ).map(toCommit),
    /** Version of the first event of the commit that holds `version`; 0 where none begins before it. */
    commitStart: async (p: number, s: string, version: number): Promise<number> => {
      const filter = { p, s, v: { $lte: version } }
      const found = await commits.findOne(filter, { sort: { v: -1 }, projection: versionFields })
      return found?.v ?? 0
    },
    partitionAfter: async (p: number, after: number, limit: number): Promise<ReadonlyArray<StoredCommit>> =>
      (
        await commits
          .find({ p, n: { $gt: after } })
          .sort({ n: 1 })
          .limit(limit)
          .toArray()
      ).map(toCommit),
    partitionsAfter: async (
      after: ReadonlyArray<readonly [number, number]>,
      limit: number,
    ): Promise<ReadonlyArray<StoredCommit>> => {
      const filter = { $or: after.map(([p, n]) => ({ p, n: { $gt: n } })) }
      return (await findWhole(db, { find: name, filter, sort: byPosition, limit })).map(toCommit)
    },
    /**
     * That commit and what follows it in its partition, and what else of the partition is meant, by position; null where
     * that is a lot. One asks at a time of each partition.
     */
    since: ({ p, n }: Seen, also: Readonly<{ s: string } | { _id: string }>): Promise<ReadonlyArray<Seen> | null> =>
      sinceAll(JSON.stringify({ p, n, also })),
    insert: groupedInserts<StoredCommit>(db, name),
  }
}

export type CommitCollection = ReturnType<typeof commitCollection>
