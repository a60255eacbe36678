import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoredCommit } from '../commit.ts'
import { readWholeLog } from '../contract/read-whole-log.ts'
import { rightOf } from '../contract/right-of.ts'
import { decodeCommit } from '../decode-commit.ts'
import type { EventLog } from '../event-log.ts'
import { verifyChain } from '../verify-chain.ts'
import { openSqliteEventLog } from './open-sqlite-event-log.ts'

const rounds = 15
const folder = mkdtempSync(join(tmpdir(), 'runledger-log-'))
const file = join(folder, 'log.sqlite')
afterAll(() => rmSync(folder, { recursive: true }))

const program = fileURLToPath(new URL('append-for-ever.ts', import.meta.url))

const startWriter = (claim: string) =>
  spawn(process.execPath, [program, file, claim], { stdio: ['ignore', 'pipe', 'inherit'] })

// Killed on hearing of some append: while the next ones are at any point of their way.
const killedAfter = async (child: ChildProcess, count: number): Promise<ReadonlyArray<string>> => {
  const lines: Array<string> = []
  if (child.stdout === null) throw new Error('the writer has no stdout')
  const closed = once(child, 'close')
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (lines.length === count) child.kill('SIGKILL')
  }
  expect(await closed).toStrictEqual([null, 'SIGKILL'])
  return lines
}

const withLog = async <A>(use: (log: EventLog) => Promise<A>): Promise<A> => {
  const log = rightOf(await openSqliteEventLog({ file })())
  try {
    return await use(log)
  } finally {
    await log.close()
  }
}

const acknowledgement = (commit: StoredCommit): string => {
  const [event] = rightOf(decodeCommit(commit))
  return `${commit.s} ${event?.meta.commandId}`
}

const expectWhole = async (log: EventLog): Promise<ReadonlyArray<StoredCommit>> => {
  const partitions = await readWholeLog(log)
  for (const [p, { length }] of partitions.entries()) {
    expect(rightOf(await verifyChain(log, p)())).toMatchObject({ _tag: 'Intact', n: length })
  }
  return partitions.flat()
}

const expectDenseStreams = async (log: EventLog, commits: ReadonlyArray<StoredCommit>) => {
  for (const stream of new Set(commits.map(({ s }) => s))) {
    const versions = rightOf(await log.readStream(stream, 1)()).map(({ version }) => version)
    expect(versions).toStrictEqual(versions.map((_, index) => index + 1))
  }
}

describe('given a writer that is killed while it appends', () => {
  const acknowledged: Array<string> = []

  it.each(Array.from({ length: rounds }, (_, round) => round))(
    'keeps every acknowledged append, round %i',
    async round => {
      acknowledged.push(
        ...(await killedAfter(
          startWriter(round % 2 === 0 ? 'sole' : 'one of many'),
          1 + Math.floor(Math.random() * 200),
        )),
      )
      await withLog(async log => {
        const commits = await expectWhole(log)
        await expectDenseStreams(log, commits)
        const recorded = new Set(commits.map(acknowledgement))
        expect(recorded.size).toBe(commits.length)
        expect(acknowledged.filter(each => !recorded.has(each))).toStrictEqual([])
      })
    },
  )
})
