import { type Document, MaxKey, MinKey } from '../../mongo/driver.ts'

/** Commands to the admin database of a mongos, in order; each may be given again. */
export type ShardingPlan = ReadonlyArray<Document>

type Log = Readonly<{ database: string; partitions: number }>

const zoneOf = (shard: string): string => `runledger-${shard}`

// The first and the last range are open, as a collection's must be.
const boundary = (p: number, { partitions }: Log): Document => {
  if (p === 0) return { p: new MinKey(), n: new MinKey() }
  if (p === partitions) return { p: new MaxKey(), n: new MaxKey() }
  return { p, n: new MinKey() }
}

/**
 * Spreads the partitions over the shards, neighbours together, each whole on one shard: a zone for each shard, the
 * commits ranged by position. On an empty log the zones are what the collection is split at from the start; a log that
 * holds commits is moved by the balancer.
 */
export const shardingPlan = (log: Log, shards: ReadonlyArray<string>): ShardingPlan => {
  const commits = `${log.database}.commits`
  const used = shards.slice(0, log.partitions)
  const firstOf = (index: number): number => Math.ceil((index * log.partitions) / used.length)
  return [
    { enableSharding: log.database },
    ...used.map(shard => ({ addShardToZone: shard, zone: zoneOf(shard) })),
    ...used.map((shard, index) => ({
      updateZoneKeyRange: commits,
      min: boundary(firstOf(index), log),
      max: boundary(firstOf(index + 1), log),
      zone: zoneOf(shard),
    })),
    { shardCollection: commits, key: { p: 1, n: 1 }, unique: true },
  ]
}
