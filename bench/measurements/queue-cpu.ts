import { randomUUID } from 'node:crypto'
import { openBullJobQueue } from '@runledger/shared-kernel/job-queue/bullmq/open-bull-job-queue.ts'
import type { Job } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { Queue, Worker } from 'bullmq'
import { newJobs } from './new-jobs.ts'
import { passJobs } from './pass-jobs.ts'
import { median } from './statistics.ts'

/** CPU of this process, user and system, for one job enqueued and taken, in milliseconds. */
export type QueueCpuReport = Readonly<{ bare: number; ours: number; ratio: number }>

const rounds = 5
const jobsPerRound = 2000
const atOnce = 8

const passBare = async (url: string, jobs: ReadonlyArray<Job>): Promise<void> => {
  const connection = { url, maxRetriesPerRequest: null }
  const name = randomUUID()
  const queue = new Queue(name, { connection })
  const allTaken = Promise.withResolvers<void>()
  let taken = 0
  const take = async () => {
    taken += 1
    if (taken === jobs.length) allTaken.resolve()
  }
  const worker = new Worker(name, take, { connection, concurrency: atOnce, removeOnComplete: { count: 1000 } })
  const rest = jobs.values()
  const add = async () => {
    for (const { submissionId } of rest) await queue.add('run', { submissionId }, { jobId: submissionId })
  }
  await Promise.all(Array.from({ length: atOnce }, add))
  await allTaken.promise
  await worker.close()
  await queue.close()
}

const passOurs = async (url: string, jobs: ReadonlyArray<Job>): Promise<void> => {
  const queue = openBullJobQueue({ url, logId: randomUUID(), logger: createLogger('silent') })
  await queue.counts()()
  await passJobs(queue, jobs)
  await queue.close()
}

const cpuPerJob = async (pass: (jobs: ReadonlyArray<Job>) => Promise<void>): Promise<number> => {
  const jobs = newJobs(jobsPerRound)
  const before = process.cpuUsage()
  await pass(jobs)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / jobsPerRound
}

/** Bare BullMQ and the job queue's adapter in turn, so that both meet the same noise of the machine. */
export const measureQueueCpu = async (url: string): Promise<QueueCpuReport> => {
  const pairs: Array<Readonly<{ bare: number; ours: number }>> = []
  for (let round = 0; round <= rounds; round += 1) {
    const bare = await cpuPerJob(jobs => passBare(url, jobs))
    pairs.push({ bare, ours: await cpuPerJob(jobs => passOurs(url, jobs)) })
  }
  const warm = pairs.slice(1)
  return {
    bare: median(warm.map(({ bare }) => bare)),
    ours: median(warm.map(({ ours }) => ours)),
    ratio: median(warm.map(({ bare, ours }) => ours / bare)),
  }
}
