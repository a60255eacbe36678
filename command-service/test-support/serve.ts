import type { AddressInfo } from 'node:net'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { createApp } from '@runledger/shared-kernel/http/create-app.ts'
import type { Job } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { onTestFinished } from 'vitest'
import { createCommandService } from '../create-command-service.ts'
import type { Dependencies } from '../dependencies.ts'
import { someLanguages } from './languages.ts'

type Differences = Partial<Omit<Dependencies, 'log'>> & Readonly<{ log?: Partial<Dependencies['log']> }>

/** The command service over real HTTP, its log in memory, its queue a list; ends with the test. */
export const serve = async ({ log: logDifferences, ...differences }: Differences = {}) => {
  const log = openInMemoryEventLog()
  const jobs: Array<Job> = []
  const lines: Array<string> = []
  const logger = createLogger('debug', { write: line => lines.push(line) })
  const queue = {
    enqueue: (job: Job) => TE.fromIO(() => void jobs.push(job)),
    counts: () => TE.right({ waiting: 0, active: 0 }),
  }
  const keyring = await inMemoryKeyring()
  const defaults = { log, keyring, queue, catalogue: someLanguages, logger, ...standardLimits() }
  const { router } = createCommandService({ ...defaults, ...differences, log: { ...log, ...logDifferences } })
  const server = createApp([router], logger).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, log, keyring, jobs, lines, post: posting(url) }
}

const standardLimits = () => {
  const config = readConfig({})
  if (E.isLeft(config)) throw new Error(config.left.join('\n'))
  return { limits: config.right.limits, maxBodyBytes: config.right.maxBodyBytes }
}

const posting =
  (url: string) =>
  async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    })
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] }
  }

type Answer = Readonly<{
  status: number
  headers: Headers
  body: Readonly<Record<string, unknown>> & Readonly<{ errors: ReadonlyArray<{ field: string; message: string }> }>
}>
