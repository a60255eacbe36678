import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { aLog, quietLogger } from '../test-support/a-process.ts'
import { receive, startElsewhere, tell } from '../test-support/submissions.ts'
import { openIndex } from './open-index.ts'

const right = <A>(answer: E.Either<unknown, A>): A => {
  if (E.isLeft(answer)) throw new Error(`unexpected ${JSON.stringify(answer.left)}`)
  return answer.right
}

const abandon = (log: EventLog, id: SubmissionId, attempt: number) =>
  tell(log, id, { _tag: 'AbandonAttempt', attempt, why: 'shutdown', detail: '', maxAttempts: 9 })

const complete = (log: EventLog, id: SubmissionId) =>
  tell(log, id, {
    _tag: 'CompleteAttempt',
    compilation: null,
    chunks: [],
    data: {
      attempt: 1,
      outcome: 'success',
      reason: null,
      exitCode: null,
      signal: null,
      usage: null,
      output: { stdout: { bytes: 0, truncated: false }, stderr: { bytes: 0, truncated: false } },
    },
  })

/** Three submissions in one partition: one ended, one abandoned and waiting, one running with a cancellation under way. */
const aHistory = async () => {
  const log = aLog({ partitions: 1 })
  const ended = await receive(log)
  const waiting = await receive(log)
  const running = await receive(log)
  for (const id of [waiting, ended, running]) await startElsewhere(log, id, 'one')
  await abandon(log, waiting, 1)
  await complete(log, ended)
  await tell(log, running, { _tag: 'RequestCancellation', who: 'client', why: '' })
  const commits = right(await log.readPartition(0, 0, 100)())
  const idle = { tenant: 'tenant-a', language: 'python', attempts: 1, running: null, cancelling: false }
  const attempt = { attempt: 1, incarnation: 'one', budgetMs: 1000 }
  const expected = [
    { id: waiting, version: 3, body: idle },
    { id: running, version: 3, body: { ...idle, running: attempt, cancelling: true } },
  ].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { commits, expected }
}

const upTo = (commits: ReadonlyArray<StoredCommit>) => new Map([[0, commits.at(-1)?.n ?? 0]])

describe('given a history taken in, whatever the rounds and however often from the start of a round', () => {
  it('holds exactly the submissions without a terminal event', async () => {
    const { commits, expected } = await aHistory()
    const rounds = fc.array(fc.record({ size: fc.integer({ min: 1, max: 5 }), repeated: fc.boolean() }), {
      minLength: 9,
    })
    await fc.assert(
      fc.asyncProperty(rounds, async sizes => {
        const index = openIndex(openInMemoryReadModelStore(), quietLogger())
        right(await index.ensure()())
        let from = 0
        for (const { size, repeated } of sizes) {
          const round = commits.slice(from, from + size)
          if (repeated) right(await index.apply(round, new Map(), new Map())())
          right(await index.apply(round, upTo(round), new Map())())
          from += round.length
        }
        expect(right(await index.page(null, 10)())).toStrictEqual(expected)
        expect(right(await index.positions()()).get(0)).toBe(commits.length)
      }),
      { numRuns: 50 },
    )
  })
})

describe('given entries beyond a page', () => {
  it('gives them in order of id', async () => {
    const { commits, expected } = await aHistory()
    const index = openIndex(openInMemoryReadModelStore(), quietLogger())
    right(await index.ensure()())
    right(await index.apply(commits, upTo(commits), new Map())())
    const first = right(await index.page(null, 1)())
    const second = right(await index.page(first[0]?.id ?? null, 1)())
    expect([...first, ...second]).toStrictEqual(expected)
  })
})

describe('given a commit of a newer version', () => {
  it('stays where it is and says so, until code that reads it goes on', async () => {
    const { commits, expected } = await aHistory()
    const index = openIndex(openInMemoryReadModelStore(), quietLogger())
    right(await index.ensure()())
    const [first, ...others] = commits
    if (first === undefined) throw new Error('the history has no commit')
    const newer = { ...first, events: first.events.replace('"schema":1', '"schema":99') }
    const refusal = {
      kind: 'unreadable',
      message: expect.stringMatching(/0:1: .*SubmissionReceived@99\); run a newer/),
    }
    expect(await index.apply([newer, ...others], upTo(commits), new Map())()).toMatchObject(E.left(refusal))
    expect(right(await index.positions()()).get(0) ?? 0).toBe(0)
    expect(right(await index.page(null, 9)())).toStrictEqual([])
    right(await index.apply(commits, upTo(commits), new Map())())
    expect(right(await index.page(null, 9)())).toStrictEqual(expected)
  })
})

describe('given a commit that cannot be read', () => {
  it('passes it over, says so, and takes in the others', async () => {
    const { commits, expected } = await aHistory()
    const logger = quietLogger()
    const index = openIndex(openInMemoryReadModelStore(), logger)
    right(await index.ensure()())
    const poison = { ...commits[0], s: 'submission-x', events: '[' } as StoredCommit
    right(await index.apply([poison, ...commits], upTo(commits), new Map())())
    expect(right(await index.page(null, 10)())).toStrictEqual(expected)
    expect(logger.error).toHaveBeenCalledOnce()
    expect(vi.mocked(logger.error).mock.calls[0]?.[0]).toMatchObject({ poison: { stream: 'submission-x' } })
  })
})
