import { projections } from '@runledger/query-service/read-models/projections.ts'
import { foldDifferences } from '@runledger/query-service/rebuild/fold-differences.fixture.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog } from '../support/audit-log.ts'
import { clientOf } from '../support/client.ts'
import { type Cluster, startCluster } from '../support/cluster.ts'
import { type MongoServer, startOwnMongo } from '../support/mongo-server.ts'
import { makeOlderImage, type OlderImage } from '../support/older-image.ts'
import { recordRunOn } from '../support/record-run-on.ts'
import { type RedisServer, startOwnRedis } from '../support/redis-server.ts'

const code = "import os\nprint(open('/marker').read() if os.path.exists('/marker') else 'current')"

let mongo: MongoServer
let redis: RedisServer
let cluster: Cluster
let older: OlderImage

beforeAll(async () => {
  mongo = await startOwnMongo()
  redis = await startOwnRedis()
  cluster = await startCluster({ mongoUrl: `${mongo.url}/replays`, redisUrl: redis.url })
})
afterAll(async () => {
  // Killed outright they would leave their containers to whoever starts on this log next, and nobody does.
  await cluster?.stop()
  const differences = await foldDifferences(cluster.log, cluster.store, projections)
  const { broken } = await auditLog(cluster.log, [])
  await cluster?.close()
  await older?.remove()
  await mongo?.remove()
  await redis?.close()
  expect({ differences, broken }).toEqual({ differences: [], broken: [] })
})

describe('given several workers on MongoDB and Redis', () => {
  it('a replay runs on the image of then, and on the current one once that is gone', async () => {
    const commands = clientOf(cluster.command.url())
    const queries = clientOf(cluster.queries[0]?.url() ?? '')
    const pythonImage = async () => {
      const { body } = await queries.get('/api/languages')
      const languages = body['languages'] as ReadonlyArray<{ name: string; image: string | null }>
      return languages.find(({ name }) => name === 'python')?.image ?? null
    }
    await expect.poll(pythonImage, { timeout: 10_000 }).not.toBeNull()
    older = await makeOlderImage(String(await pythonImage()))
    const original = await recordRunOn(cluster.log, { image: older.digest, code, output: 'older\n' })
    const replay = async () => {
      const { body } = await commands.post(`/api/submissions/${original}/replay`, {})
      return queries.resultOf(String(body['codeSubmissionId']))
    }
    expect(await replay()).toMatchObject({ stdOutput: 'older\n', replay: { of: original, image: 'original' } })
    await older.remove()
    expect(await replay()).toMatchObject({ stdOutput: 'current\n', replay: { of: original, image: 'current' } })
    const compared = async () => {
      const { body } = await queries.get(`/api/submissions/${original}/replays`)
      return body['replays'] as ReadonlyArray<Record<string, unknown>>
    }
    await expect
      .poll(async () => (await compared()).map(({ ranOn, same }) => ({ ranOn, same })), { timeout: 10_000 })
      .toEqual([
        { ranOn: 'current', same: false },
        { ranOn: 'original', same: true },
      ])
  })
})
