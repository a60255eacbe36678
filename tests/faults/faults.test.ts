import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { soundLog } from '../support/audit-log.ts'
import { type MongoServer, startOwnMongo } from '../support/mongo-server.ts'
import { type RedisServer, startOwnRedis } from '../support/redis-server.ts'
import { catalogue } from './catalogue/catalogue.ts'
import { faceFault } from './face-fault.ts'
import { verdictOn } from './verdict.ts'

/** `npm run test:faults` sends 200; a run of all suites sends fewer. */
const submissions = Number(process.env['FAULT_SUBMISSIONS'] ?? 40)
/** Every accepted submission has its end within this time from the first one, whatever happened in between. */
const withinMs = 60_000 + submissions * 500

let mongo: MongoServer
let redis: RedisServer
const rows: Array<string> = []

beforeAll(async () => {
  mongo = await startOwnMongo()
  redis = await startOwnRedis()
})
afterAll(async () => {
  process.stdout.write(`\nfault | submissions | lost | doubled | orphans | worst_ms\n${rows.join('\n')}\n`)
  await mongo?.remove()
  await redis?.close()
})

describe.each(catalogue.map((fault, index) => ({ ...fault, index })))('given $name', fault => {
  it(
    'ends every accepted submission exactly once and leaves nothing behind',
    async () => {
      const after = await faceFault({ mongo, redis, submissions, withinMs }, fault, fault.index)
      const { lost, doubled, orphans, worstMs } = verdictOn(after)
      rows.push([fault.name, after.accepted.length, lost, doubled, orphans, worstMs].join(' | '))
      expect({ lost, doubled, orphans }, after.printed).toEqual({ lost: 0, doubled: 0, orphans: 0 })
      expect(after.accepted).toHaveLength(submissions)
      expect(after.audit).toEqual(soundLog)
      expect(after.differences).toEqual([])
      expect(Object.values(after.exits)).toEqual(Object.values(after.exits).map(() => 0))
    },
    2 * withinMs,
  )
})
