import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, clientOf } from '../support/client.ts'
import { type Cluster, startCluster } from '../support/cluster.ts'
import { type Member, startMember } from '../support/cluster-member.ts'
import { expectSoundDataDir } from '../support/expect-sound-data-dir.ts'
import { type MongoServer, startOwnMongo } from '../support/mongo-server.ts'
import { readModelDifferences } from '../support/read-model-differences.ts'
import { type RedisServer, startOwnRedis } from '../support/redis-server.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const days = (count: number): number => count * 24 * 60 * 60 * 1000
const submission = { lang: 'bash', code: 'cat', stdInput: 'to be forgotten' }
const policy = { RETENTION_DAYS: '400', RETENTION_DAYS_BY_TENANT: 'anonymous=30', RETENTION_EVERY_MS: '1000' }

const run = async (commands: Client, queries = commands): Promise<string> => {
  const id = await commands.submit(submission)
  expect(await queries.resultOf(id)).toMatchObject({ stdOutput: 'to be forgotten' })
  return id
}

const isErased = (queries: Client, id: string) => async () => (await queries.get(`/api/result/${id}`)).body['erased']

const expectForgotten = async (queries: Client, id: string): Promise<void> => {
  await expect.poll(isErased(queries, id), { timeout: 20_000 }).toBe(true)
  const { body } = await queries.get(`/api/result/${id}`)
  expect(body).toMatchObject({ status: 'completed', outcome: 'success' })
  expect(JSON.stringify(body)).not.toContain('to be forgotten')
}

describe('given content that is kept for 30 days, in one process', () => {
  it('forgets by itself what was received 40 days ago, and nothing else', async () => {
    const { path, remove } = tempFolder()
    const bash = { LANGUAGES: 'bash' }
    const before = await startStandalone({ dataDir: path, env: bash, clockShiftMs: -days(40) })
    const old = await run(clientOf(before.url))
    await before.end('SIGTERM')
    const now = await startStandalone({ dataDir: path, env: { ...bash, ...policy } })
    const client = clientOf(now.url)
    const young = await run(client)
    await expectForgotten(client, old)
    expect(await client.resultOf(young)).toMatchObject({ stdOutput: 'to be forgotten' })
    await now.end('SIGTERM')
    await expectSoundDataDir(path)
    remove()
  })
})

describe('given content that is kept for 30 days, on MongoDB', () => {
  let mongo: MongoServer
  let redis: RedisServer
  let cluster: Cluster
  let later: Member | undefined

  beforeAll(async () => {
    mongo = await startOwnMongo()
    redis = await startOwnRedis()
    const grounds = { mongoUrl: `${mongo.url}/retention`, redisUrl: redis.url }
    cluster = await startCluster(grounds, { executors: 1, env: { LANGUAGES: 'bash' } })
  })
  afterAll(async () => {
    await later?.close()
    await cluster?.stop()
    await cluster?.close()
    await mongo?.remove()
    await redis?.close()
  })

  it('forgets by itself what was received 40 days ago', async () => {
    const queries = clientOf(cluster.queries[0]?.url() ?? '')
    const id = await run(clientOf(cluster.command.url()), queries)
    const command = { ...cluster.grounds, service: 'command-service', env: policy } as const
    later = await startMember({ ...command, name: 'command-later', clockShiftMs: days(40) })
    await expectForgotten(queries, id)
    await expect.poll(() => readModelDifferences(cluster.log, cluster.store), { timeout: 10_000 }).toEqual([])
  })
})
