import { createSecretKey, randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { EventLog, Fold } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openKeyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import { openSqliteKeyStore } from '@runledger/shared-kernel/sealing/sqlite/open-sqlite-key-store.ts'
import { decide } from '@runledger/shared-kernel/submission/decide.ts'
import { evolve } from '@runledger/shared-kernel/submission/evolve.ts'
import type { SubmissionCommand } from '@runledger/shared-kernel/submission/submission-command.ts'
import { initialSubmission, type SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import type { CommandId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { median } from './statistics.ts'

const limits = {
  ...{ cpuTimeMs: 5_000, wallTimeMs: 10_000, memoryBytes: 2 ** 28, processes: 64 },
  ...{ outputBytes: 2 ** 20, fileBytes: 2 ** 24, tmpfsBytes: 2 ** 26, stackBytes: 2 ** 26 },
}

const output = 'hello, world\n'.repeat(20)

/** What becomes of a short program: a source of a kilobyte, some output, three appends. */
const commands: ReadonlyArray<SubmissionCommand> = [
  {
    _tag: 'ReceiveSubmission',
    data: {
      ...{ language: 'python', requestedLanguage: 'python', form: 'code', entry: 'main.py', args: [], replayOf: null },
      files: [{ name: 'main.py', content: 'print("hello, world")\n'.repeat(48), encoding: 'utf8' }],
      stdin: { content: '', encoding: 'utf8' },
      ...{ limits, compileLimits: limits },
    },
  },
  {
    ...{ _tag: 'ClaimAttempt', supersede: null, maxAttempts: 3 },
    worker: { workerId: 'w', incarnation: 'i', budgetMs: 1000, languageVersion: '3.13', imageDigest: 'sha256:0' },
  },
  {
    ...{ _tag: 'CompleteAttempt', compilation: null },
    chunks: [{ phase: 'run', stream: 'stdout', offset: 0, bytes: Buffer.from(output).toString('base64'), at: 3 }],
    data: {
      ...{ attempt: 1, outcome: 'success', reason: null, exitCode: null, signal: null, usage: null },
      output: { stdout: { bytes: output.length, truncated: false }, stderr: { bytes: 0, truncated: false } },
    },
  },
]

const tenant = 'bench'

const newStream = (): string => `submission-${randomUUIDv7()}`

type OpenLog = Readonly<{ log: EventLog; streamName: () => string; close: () => Promise<void> }>

const runOne = async ({ log, streamName }: OpenLog): Promise<void> => {
  const stream = streamName()
  let remembered: Fold<SubmissionState> = { version: 0, state: initialSubmission }
  for (const command of commands) {
    const appended = await log.transact({
      ...{ stream, remembered, evolve, decide: decide(command) },
      commandId: randomUUID() as string as CommandId,
      meta: { correlationId: stream, causationId: stream, actor: 'bench', tenant, traceparent: null },
      occurredAt: new Date().toISOString(),
    })()
    if (E.isLeft(appended)) throw new Error(JSON.stringify(appended.left))
    remembered = appended.right.fold
  }
}

const opened = async <A>(open: TaskEither<Readonly<{ message: string }>, A>): Promise<A> => {
  const result = await open()
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

const openPlain = async (folder: string): Promise<OpenLog> => {
  const log = await opened(openSqliteEventLog({ file: join(folder, 'log.sqlite') }))
  return { log, streamName: newStream, close: log.close }
}

const openSealed = async (folder: string): Promise<OpenLog> => {
  const { log } = await openPlain(folder)
  const store = await opened(openSqliteKeyStore(join(folder, 'keys.sqlite')))
  const master = createSecretKey(randomBytes(32))
  const keyring = await opened(openKeyring({ store, master, logId: log.logId }))
  const close = async (): Promise<void> => {
    await log.close()
    await keyring.close()
    await store.close()
  }
  const streamName = (): string => keyring.reserved(tenant, newStream) ?? newStream()
  return { log: sealedEventLog(log, keyring), streamName, close }
}

type Load = Readonly<{ submissions: number; inFlight: number }>

type Rate = Readonly<{ perSecond: number; cpuUs: number }>

type Spent = Readonly<{ ms: number; cpuUs: number }>

const spentOn = async (place: OpenLog, { submissions, inFlight }: Load): Promise<Spent> => {
  let left = submissions
  const writer = async (): Promise<void> => {
    while (left-- > 0) await runOne(place)
  }
  const cpuBefore = process.cpuUsage()
  const began = performance.now()
  await Promise.all(Array.from({ length: inFlight }, writer))
  const ms = performance.now() - began
  const { user, system } = process.cpuUsage(cpuBefore)
  return { ms, cpuUs: user + system }
}

const rateOf = (turns: ReadonlyArray<Spent>, submissions: number): Rate => {
  const appends = submissions * commands.length
  const sum = (figure: (spent: Spent) => number): number => turns.reduce((total, spent) => total + figure(spent), 0)
  return { perSecond: (appends * 1000) / sum(({ ms }) => ms), cpuUs: sum(({ cpuUs }) => cpuUs) / appends }
}

/** Appends a second, microseconds of CPU each, and what share of the rate sealing takes: the median of the rounds' own. */
export type SealingCost = Readonly<{ plain: Rate; sealed: Rate; cost: number; inFlight: number }>

const medianRate = (rates: ReadonlyArray<Rate>): Rate => ({
  perSecond: median(rates.map(({ perSecond }) => perSecond)),
  cpuUs: median(rates.map(({ cpuUs }) => cpuUs)),
})

const turnsOfRound = 8

/**
 * Rounds over new logs, after one that only warms both up. Within a round both take turns, each first in every other one: what
 * else the machine does for a second or two then slows down both.
 */
export const measureSealing = async (
  folder: string,
  rounds = 11,
  load: Load = { submissions: 4000, inFlight: 64 },
): Promise<SealingCost> => {
  const measureRound = async (): Promise<Readonly<{ plain: Rate; sealed: Rate }>> => {
    const places = { plain: mkdtempSync(join(folder, 'plain-')), sealed: mkdtempSync(join(folder, 'sealed-')) }
    const logs = { plain: await openPlain(places.plain), sealed: await openSealed(places.sealed) }
    const spent: Record<keyof typeof logs, Array<Spent>> = { plain: [], sealed: [] }
    const takeTurn = async (kind: keyof typeof logs): Promise<void> => {
      spent[kind].push(await spentOn(logs[kind], { ...load, submissions: load.submissions / turnsOfRound }))
    }
    for (let turn = 0; turn < turnsOfRound; turn++) {
      const isSealedFirst = turn % 2 === 1
      await takeTurn(isSealedFirst ? 'sealed' : 'plain')
      await takeTurn(isSealedFirst ? 'plain' : 'sealed')
    }
    await Promise.all([logs.plain.close(), logs.sealed.close()])
    for (const place of Object.values(places)) rmSync(place, { recursive: true })
    return { plain: rateOf(spent.plain, load.submissions), sealed: rateOf(spent.sealed, load.submissions) }
  }
  await measureRound()
  const pairs: Array<Awaited<ReturnType<typeof measureRound>>> = []
  while (pairs.length < rounds) pairs.push(await measureRound())
  return {
    plain: medianRate(pairs.map(({ plain }) => plain)),
    sealed: medianRate(pairs.map(({ sealed }) => sealed)),
    cost: median(pairs.map(({ plain, sealed }) => 1 - sealed.perSecond / plain.perSecond)),
    inFlight: load.inFlight,
  }
}
