import { afterAll, describe } from 'vitest'
import { startDistributedSystem } from '../support/distributed-system.ts'
import { startOwnMongo } from '../support/mongo-server.ts'
import { startOwnRedis } from '../support/redis-server.ts'
import { scenarios } from './scenarios/scenarios.ts'
import { useSystem } from './scenarios/use-system.ts'

const mongo = await startOwnMongo()
const redis = await startOwnRedis()
afterAll(async () => {
  await redis.close()
  await mongo.remove()
})

const grounds = { mongoUrl: `${mongo.url}/acceptance`, redisUrl: redis.url }
const system = useSystem((root, env) => startDistributedSystem(grounds, root, env))

describe('distributed, on MongoDB and Redis', () => {
  for (const scenario of scenarios) scenario(system)
})
