import { describe, expect, it } from 'vitest'
import { MaxKey, MinKey } from '../../mongo/driver.ts'
import { shardingPlan } from './sharding-plan.ts'

const log = { database: 'runledger', partitions: 8 }
const lowest = new MinKey()
const highest = new MaxKey()

describe('a plan to shard the log', () => {
  it('leaves each partition whole on one shard, and no key without a zone', () => {
    const ranges = shardingPlan(log, ['a', 'b', 'c']).filter(command => 'updateZoneKeyRange' in command)
    expect(ranges).toStrictEqual([
      {
        updateZoneKeyRange: 'runledger.commits',
        min: { p: lowest, n: lowest },
        max: { p: 3, n: lowest },
        zone: 'runledger-a',
      },
      {
        updateZoneKeyRange: 'runledger.commits',
        min: { p: 3, n: lowest },
        max: { p: 6, n: lowest },
        zone: 'runledger-b',
      },
      {
        updateZoneKeyRange: 'runledger.commits',
        min: { p: 6, n: lowest },
        max: { p: highest, n: highest },
        zone: 'runledger-c',
      },
    ])
  })

  it('uses no more shards than there are partitions', () => {
    const plan = shardingPlan({ ...log, partitions: 1 }, ['a', 'b'])
    expect(plan.filter(command => 'addShardToZone' in command)).toHaveLength(1)
  })

  it('makes the position the shard key, unique, once the zones are there', () => {
    const plan = shardingPlan(log, ['a'])
    expect(plan[0]).toStrictEqual({ enableSharding: 'runledger' })
    expect(plan.at(-1)).toStrictEqual({ shardCollection: 'runledger.commits', key: { p: 1, n: 1 }, unique: true })
  })
})
