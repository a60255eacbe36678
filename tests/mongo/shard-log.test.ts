import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'
import { afterAll, describe, expect, it } from 'vitest'
import { startOwnMongo } from '../support/mongo-server.ts'

const server = await startOwnMongo()
afterAll(() => server.remove())

const program = join(projectRoot, 'shared-kernel', 'event-log', 'mongo', 'shard-log.ts')

const shardLog = (mongoUrl: string) =>
  promisify(execFile)(process.execPath, [program], { env: { ...process.env, MONGO_URL: mongoUrl } })

describe('sharding the log', () => {
  it.each([
    [server.url, 'MONGO_URL names no mongos'],
    ['mongodb://127.0.0.1:9', 'ECONNREFUSED'],
    ['127.0.0.1', 'no connection string'],
  ])('says what is missing at %s', async (url, why) => {
    await expect(shardLog(url)).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(why) })
  })
})
