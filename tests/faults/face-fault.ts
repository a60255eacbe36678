import { setTimeout as delay } from 'node:timers/promises'
import { auditLog } from '../support/audit-log.ts'
import { type Cluster, startCluster } from '../support/cluster.ts'
import { clusterClient } from '../support/cluster-client.ts'
import { containersOfLog } from '../support/containers-of-log.ts'
import type { MongoServer } from '../support/mongo-server.ts'
import { readModelDifferences } from '../support/read-model-differences.ts'
import type { RedisServer } from '../support/redis-server.ts'
import type { Fault } from './fault.ts'
import { programs } from './programs.ts'
import { startStorm } from './storm.ts'
import type { Evidence } from './verdict.ts'

/** A run of fewer submissions shows the same in less time, with outages as much shorter. */
const wholeRun = 200
const catchUpMs = 15_000

type Ground = Readonly<{ mongo: MongoServer; redis: RedisServer; submissions: number; withinMs: number }>

export type Aftermath = Evidence &
  Readonly<{
    /** What in the read models is not as a rebuild from zero makes it, once they had time to catch up. */
    differences: ReadonlyArray<string>
    exits: Readonly<Record<string, number | NodeJS.Signals>>
    printed: string
  }>

// Read models follow the log: what differs at first may only be late.
const lastingDifferences = async ({ log, store }: Cluster): Promise<ReadonlyArray<string>> => {
  const deadline = performance.now() + catchUpMs
  for (;;) {
    const differences = await readModelDifferences(log, store)
    if (differences.length === 0 || performance.now() > deadline) return differences
    await delay(250)
  }
}

const withPath = (url: string, path: string): string => Object.assign(new URL(url), { pathname: `/${path}` }).href

// A database of its own on each server, so that no fault meets what another has left.
const clusterOn = ({ mongo, redis }: Ground, fault: Fault, index: number): Promise<Cluster> =>
  startCluster(
    { mongoUrl: withPath(mongo.url, `fault_${index}`), redisUrl: withPath(redis.url, String(index)) },
    fault.cluster,
  )

/**
 * Lets the fault happen to a cluster of its own while submissions come in, and tells what is left of it. `index` keeps
 * the clusters of several faults apart.
 */
export const faceFault = async (ground: Ground, fault: Fault, index: number): Promise<Aftermath> => {
  const { mongo, redis, submissions, withinMs } = ground
  const cluster = await clusterOn(ground, fault, index)
  try {
    const signal = AbortSignal.timeout(withinMs)
    const storm = startStorm(clusterClient(cluster, signal), programs(submissions), signal)
    const outageMs = (whole: number) => Math.max(1_000, whole * Math.min(1, submissions / wholeRun))
    const [endings] = await Promise.all([
      storm.over,
      fault.strike({ cluster, storm, mongo, redis, submissions, outageMs }),
    ])
    const differences = await lastingDifferences(cluster)
    const exits = await cluster.stop()
    const containers = await containersOfLog(cluster.log.logId)
    const audit = await auditLog(cluster.log, storm.accepted())
    const printed = cluster.members.map(({ name, printed }) => `--- ${name}\n${printed()}`).join('\n')
    return { accepted: storm.accepted(), endings, audit, containers, differences, exits, printed }
  } finally {
    await cluster.close()
  }
}
