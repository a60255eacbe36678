import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { brotliCompressSync, constants } from 'node:zlib'
import { createCommandService } from '@runledger/command-service/create-command-service.ts'
import { createExecutionService } from '@runledger/execution-service/create-execution-service.ts'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { createApp } from '@runledger/shared-kernel/http/create-app.ts'
import { openInProcessJobQueue } from '@runledger/shared-kernel/job-queue/in-process/in-process-job-queue.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import { wokenBy } from '@runledger/shared-kernel/wake-up/woken-by.fixture.ts'
import * as E from 'fp-ts/lib/Either.js'
import { scriptedSandbox } from './scripted-sandbox.ts'
import { runningAtDeath, type Sent, submissionsOf } from './submissions.ts'

// `node write-log.ts <folder> <name>`: a log of today's code, as a later version's tests want to find it. See README.md.

const rounds = 15
const dying = 6

const languages: ReadonlyArray<Language> = [
  ['python', ['py'], 'main.py', false],
  ['javascript', ['js'], 'main.js', false],
  ['bash', ['sh'], 'main.sh', false],
  ['c', [], 'main.c', true],
  ['java', [], 'Main.java', true],
].map(([name, aliases, fileName, compiled]) => ({
  ...({ name, aliases, fileName, compiled } as Pick<Language, 'name' | 'aliases' | 'fileName' | 'compiled'>),
  ...{ runFactors: {}, compileFactors: {}, state: 'ready', version: '1.2.3', image: 'sha256:0' },
  ...{ compileOptions: ['-g'] },
}))

const rightOf = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const [folder = '.', name = 'log'] = process.argv.slice(2)
const file = join(folder, `${name}.sqlite`)
const log: EventLog = rightOf(await openSqliteEventLog({ file })())
const wakeUp = wokenBy(log)
const queue = openInProcessJobQueue({})
const logger = createLogger('error', process.stderr)

const executor = (hangs: boolean) =>
  createExecutionService({
    ...{ log, queue, wakeUp, logger, concurrency: 8, maxAttempts: 3, soleIncarnation: true },
    store: openInMemoryReadModelStore(),
    sandbox: scriptedSandbox({ hangs }),
    worker: { id: hangs ? 'worker-1' : 'worker-2', incarnation: randomUUID() },
    reap: async () => undefined,
    now: () => new Date(),
    monotonic: () => performance.now(),
  })

const { limits, maxBodyBytes } = rightOf(readConfig({}))
const catalogue = {
  all: () => languages,
  find: (named: string) =>
    languages.find(language => [language.name, ...language.aliases].includes(named.toLowerCase())) ?? null,
}
// Content stays in plain: whoever reads the log later has no key of today.
const keyring = await inMemoryKeyring()
const { router } = createCommandService({ log, keyring, queue, catalogue, limits, maxBodyBytes, logger })
const server = createApp([router], logger).listen(0, '127.0.0.1')
await once(server, 'listening')
const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`

const post = async (path: string, body: unknown, headers: Sent['headers'] = {}) => {
  const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
  const response = await fetch(`${api}${path}`, { ...request, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as { codeSubmissionId?: string } }
}

const terminal = new Set(['ExecutionCompleted', 'ExecutionFailed', 'SubmissionCancelled'])

const typesOf = async (id: string): Promise<ReadonlyArray<string>> =>
  rightOf(await log.readStream(`submission-${id}`, 1)()).map(({ event }) => event.type)

const until = async (id: string, reached: (types: ReadonlyArray<string>) => boolean): Promise<void> => {
  for (let types = await typesOf(id); !reached(types); types = await typesOf(id)) await pause(5)
}

const submit = async ({ body, headers, cancelled = false }: Sent): Promise<string> => {
  const { body: answer } = await post('/submit', body, headers)
  const id = answer.codeSubmissionId
  if (id === undefined) throw new Error(JSON.stringify(answer))
  if (cancelled) {
    await until(id, types => types.includes('OutputChunk'))
    await post(`/submissions/${id}/cancel`, {})
  }
  return id
}

// What some releases only can be told; the others refuse it, and their logs go without.
const submitNews = async (ids: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const answers = await Promise.all([
    ...ids.map(id => post(`/submissions/${id}/replay`, { image: 'current' })),
    post('/submit', { lang: 'c', code: '{"compiler": {"exitCode": 0, "says": ""}}', compileArgs: ['-g'] }),
    post('/submit', { lang: 'python', code: '{"writes": []}', compileArgs: [] }),
  ])
  return answers.flatMap(({ body }) => body.codeSubmissionId ?? [])
}

const untilEnded = (ids: ReadonlyArray<string>) =>
  Promise.all(ids.map(id => until(id, types => types.some(type => terminal.has(type)))))

// Cancelled before anybody runs it.
const unclaimed = await submit({ body: { lang: 'python', code: '{}' } })
await post(`/submissions/${unclaimed}/cancel`, { why: 'no longer needed' })

const first = executor(true)
await first.start()
for (let i = 0; i < rounds; i += 1) {
  const ids = await Promise.all(submissionsOf(i).map(submit))
  await untilEnded(ids)
  if (i % 5 === 0) await untilEnded(await submitNews(ids.slice(0, 4)))
}

// The second process finds the runs of the first without an end, and takes their worker for lost.
const orphans = await Promise.all(Array.from({ length: dying }, (_, i) => submit(runningAtDeath(i))))
await Promise.all(orphans.map(id => until(id, types => types.includes('ExecutionStarted'))))
const second = executor(false)
await second.start()
await untilEnded(orphans)

await Promise.all([first.stop(0), second.stop(0)])
server.close()
server.closeAllConnections()
await queue.close()
const commits = rightOf(await log.tails()()).reduce((sum, n) => sum + n, 0)
await log.close()
const packed = brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } })
writeFileSync(`${file}.br`, packed)
process.stdout.write(`${commits} commits, ${packed.length} bytes in ${file}.br\n`)
