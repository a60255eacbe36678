import type { Cluster, ClusterOptions } from '../support/cluster.ts'
import type { MongoServer } from '../support/mongo-server.ts'
import type { RedisServer } from '../support/redis-server.ts'
import type { Storm } from './storm.ts'

export type Scene = Readonly<{
  cluster: Cluster
  storm: Storm
  mongo: MongoServer
  redis: RedisServer
  /** How many the storm has in all. */
  submissions: number
  /** Full length of an outage: long where the run is a whole one. */
  outageMs: (whole: number) => number
}>

/** Something that happens to the system while submissions come in. */
export type Fault = Readonly<{
  name: string
  cluster: ClusterOptions
  /** Makes it happen, at random moments of the storm; resolves once the system is whole again. */
  strike: (scene: Scene) => Promise<void>
}>

/** `count` random moments of a storm in their order, as shares of its submissions, the last early enough to be met by some. */
export const moments = (count: number): ReadonlyArray<number> =>
  Array.from({ length: count }, () => 0.05 + 0.8 * Math.random()).sort((a, b) => a - b)
