// The least that one submission could cost over the same parts: two HTTP requests, one bare BullMQ job, three inserts
// and one upsert under the same write concern. No validation, no history, no recovery.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Queue, Worker } from 'bullmq'
import express from 'express'
import { MongoClient } from 'mongodb'

const redisUrl = process.env['REDIS_URL'] ?? ''
const mongo = await new MongoClient(process.env['MONGO_URL'] ?? '', {
  writeConcern: { w: 'majority', j: true },
}).connect()
const events = mongo.db().collection<{ _id: string; submission: string; data: unknown }>('events')
const results = mongo.db().collection<{ _id: string; stdout: string }>('results')
const connection = { url: redisUrl, maxRetriesPerRequest: null }
const queue = new Queue('baseline', { connection })

const done = new Map<string, () => void>()
const ended = new Map<string, Promise<void>>()

const record = (submission: string, data: unknown) => events.insertOne({ _id: randomUUID(), submission, data })

const worker = new Worker<{ id: string }>(
  'baseline',
  async ({ data: { id } }) => {
    await record(id, { type: 'started', worker: 'baseline', at: new Date().toISOString() })
    await record(id, { type: 'completed', stdout: 'MQo=', exitCode: 0, at: new Date().toISOString() })
    await results.updateOne({ _id: id }, { $set: { stdout: '1\n' } }, { upsert: true })
    done.get(id)?.()
  },
  { connection, concurrency: Number(process.env['CONCURRENCY']), removeOnComplete: { count: 1000 } },
)

const app = express()
app.post('/api/submit', express.json(), async (request, response) => {
  const id = randomUUID()
  const { promise, resolve } = Promise.withResolvers<void>()
  done.set(id, resolve)
  ended.set(id, promise)
  await record(id, { type: 'received', ...request.body })
  await queue.add('run', { id }, { jobId: id })
  response.status(201).json({ codeSubmissionId: id })
})
app.get('/api/result/:id', async (request, response) => {
  const { id } = request.params
  await ended.get(id)
  done.delete(id)
  ended.delete(id)
  response.json({ status: 'completed', outcome: 'success', stdOutput: '1\n' })
})

await worker.waitUntilReady()
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(`baseline serves at http://127.0.0.1:${(server.address() as AddressInfo).port}`)

process.once('SIGTERM', () => {
  void worker
    .close()
    .then(() => Promise.all([queue.close(), mongo.close()]))
    .then(() => process.exit(0))
})
