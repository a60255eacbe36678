import * as E from 'fp-ts/lib/Either.js'
import { connectMongo, type MongoConnection } from '../../mongo/connect-mongo.ts'
import { MongoError } from '../../mongo/driver.ts'
import { openMongoEventLog } from './open-mongo-event-log.ts'
import { shardingPlan } from './sharding-plan.ts'

// `npm run shard-log`: spreads the log at MONGO_URL over the shards of its cluster. May be run again.

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const refuse = (why: string): void => {
  process.stderr.write(`${why}\n`)
  process.exitCode = 1
}

const noCluster =
  'MONGO_URL names no mongos: there are no shards to spread the log over. A single server or a replica set needs no sharding; ' +
  'see docs/sharding.md for when it does.'

const partitionsOf = async (url: string): Promise<E.Either<string, number>> => {
  const opened = await openMongoEventLog({ url })()
  if (E.isLeft(opened)) return E.left(opened.left.message)
  await opened.right.close()
  return E.right(opened.right.partitions)
}

const shardNames = async ({ client }: MongoConnection): Promise<ReadonlyArray<string>> => {
  const { shards } = await client.db('admin').command({ listShards: 1 })
  return (shards as ReadonlyArray<Readonly<{ _id: string }>>).map(({ _id }) => _id)
}

const shard = async (connection: MongoConnection, partitions: number): Promise<void> => {
  const plan = shardingPlan({ database: connection.db.databaseName, partitions }, await shardNames(connection))
  for (const command of plan) {
    say(JSON.stringify(command))
    await connection.client.db('admin').command(command)
  }
  say('done; `sh.status()` shows how far the balancer is')
}

const shardAt = async (connection: MongoConnection, url: string): Promise<void> => {
  const { msg } = await connection.db.command({ hello: 1 })
  if (msg !== 'isdbgrid') return refuse(noCluster)
  const partitions = await partitionsOf(url)
  return E.isLeft(partitions) ? refuse(partitions.left) : shard(connection, partitions.right)
}

const run = async (url: string): Promise<void> => {
  const connection = connectMongo({ url })
  if (typeof connection === 'string') return refuse(`MONGO_URL: ${connection}`)
  try {
    await shardAt(connection, url)
  } catch (thrown) {
    if (!(thrown instanceof MongoError)) throw thrown
    refuse(`${connection.hosts}: ${thrown.message}`)
  } finally {
    await connection.client.close()
  }
}

const url = process.env['MONGO_URL']
if (url === undefined) refuse('MONGO_URL is not set: it names the mongos of the cluster')
else await run(url)
