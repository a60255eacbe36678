import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { CommandId } from '../../types/ids.ts'
import type { StoredCommit } from '../commit.ts'
import { decodeCommit } from '../decode-commit.ts'
import type { EventLog, Fold } from '../event-log.ts'
import { partitionOf } from '../partition-of.ts'
import { verifyChain } from '../verify-chain.ts'
import type { OpenLog } from './log-for-each.ts'
import { type Notes, note, notingTransaction } from './noting-transaction.ts'
import { readWholeLog } from './read-whole-log.ts'
import { rightOf } from './right-of.ts'

type Write = Readonly<{
  stream: string
  command: number
  size: number
  isRefused: boolean
  remembers: boolean
  wait: number
}>

const write: fc.Arbitrary<Write> = fc.record({
  stream: fc.constantFrom('one', 'two', 'three', 'four'),
  command: fc.nat({ max: 8 }),
  size: fc.nat({ max: 3 }),
  isRefused: fc.integer({ min: 0, max: 4 }).map(dice => dice === 0),
  remembers: fc.boolean(),
  wait: fc.nat({ max: 3 }),
})

const commandIdOf = (command: number) => `00000000-0000-4000-8000-${String(command).padStart(12, '0')}` as CommandId

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate)
}

type Folds = Map<string, Fold<Notes>>

// Each note tells how many events its decision had seen. Remembered folds are as stale as the interleaving makes them.
const perform = async (log: EventLog, folds: Folds, { stream, command, size, isRefused, remembers, wait }: Write) => {
  const remembered: Fold<Notes> = (remembers ? folds.get(stream) : undefined) ?? { version: 0, state: [] }
  await turns(wait)
  const decide = (seen: Notes) =>
    isRefused ? E.left('no') : E.right(Array.from({ length: size }, () => note(String(seen.length))))
  const transaction = notingTransaction(stream, [], { commandId: commandIdOf(command), remembered, decide })
  const answer = await log.transact(transaction)()
  if (E.isRight(answer)) folds.set(stream, answer.right.fold)
  return answer
}

const expectDense = (partition: ReadonlyArray<StoredCommit>) =>
  expect(partition.map(({ n }) => n)).toStrictEqual(partition.map((_, index) => index + 1))

const expectWholeStreams = (commits: ReadonlyArray<StoredCommit>) => {
  const versions = new Map<string, number>()
  for (const { s, v, k } of commits) {
    expect(v).toBe((versions.get(s) ?? 0) + 1)
    versions.set(s, v + k - 1)
  }
}

const expectInformed = (commit: StoredCommit) => {
  for (const { event } of rightOf(decodeCommit(commit))) expect(event).toStrictEqual(note(String(commit.v - 1)))
}

const expectPromises = async (log: EventLog) => {
  const partitions = await readWholeLog(log)
  partitions.forEach(expectDense)
  const commits = partitions.flat()
  expectWholeStreams(commits)
  commits.forEach(expectInformed)
  expect(new Set(commits.map(({ _id }) => _id)).size).toBe(commits.length)
  for (const { s, p } of commits) expect(p).toBe(partitionOf(s, log.partitions))
  for (const [p, { length }] of partitions.entries()) {
    expect(rightOf(await verifyChain(log, p)())).toMatchObject({ _tag: 'Intact', n: length })
  }
  expect(rightOf(await log.tails()())).toStrictEqual(partitions.map(({ length }) => length))
}

const opened = async <A>(open: OpenLog, partitions: number, use: (log: EventLog) => Promise<A>): Promise<A> => {
  const log = await open({ partitions, clock: () => new Date() })
  try {
    return await use(log)
  } finally {
    await log.close()
  }
}

const holding = (log: EventLog, commits: ReadonlyArray<StoredCommit>): Pick<EventLog, 'logId' | 'readPartition'> => ({
  logId: log.logId,
  readPartition: (_p, after, limit) => async () => {
    const start = after === 0 ? 0 : commits.findIndex(({ n }) => n === after) + 1
    return E.right(commits.slice(start, start + limit))
  },
})

const altered = (value: string | number): string | number =>
  typeof value === 'number' ? value + 1 : value.slice(0, -1) + (value.endsWith('a') ? 'b' : 'a')

const fields = ['_id', 'p', 'n', 's', 'v', 'k', 'events', 'meta', 'recordedAt', 'prev', 'hash'] as const

/** The promises that no example covers: any interleaving, any text, any tampering. */
export const propertiesContract = (open: OpenLog): void => {
  describe('given many concurrent writers on few partitions', () => {
    it('keeps every promise in any interleaving', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(write, { maxLength: 60, size: 'max' }),
          fc.integer({ min: 1, max: 3 }),
          (writes, partitions) =>
            opened(open, partitions, async log => {
              const folds: Folds = new Map()
              const first = await Promise.all(writes.map(each => perform(log, folds, each)))
              const second = await Promise.all(
                writes.map(each => perform(log, folds, { ...each, command: each.command + 4 })),
              )
              const answers = [...first, ...second]
              await expectPromises(log)
              const appended = answers.filter(answer => E.isRight(answer) && answer.right.outcome === 'appended')
              const commits = (await readWholeLog(log)).flat()
              expect(commits).toHaveLength(appended.length)
            }),
        ),
        { numRuns: 25 },
      ))
  })

  describe('given any well-formed text', () => {
    it('gives it back byte for byte', () =>
      opened(open, 2, log =>
        fc.assert(
          fc.asyncProperty(fc.uuid(), fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), async (id, texts) => {
            await log.transact(notingTransaction(`s-${id}`, texts))()
            const events = rightOf(await log.readStream(`s-${id}`, 1)())
            expect(events.map(({ event }) => event)).toStrictEqual(texts.map(note))
          }),
          { numRuns: 50 },
        ),
      ))

    it('gives megabytes of it back', () =>
      opened(open, 1, async log => {
        const text = 'naïve 🙂\u0000\n"\\'.repeat(100_000)
        await log.transact(notingTransaction('s', [text]))()
        expect(rightOf(await log.readStream('s', 1)())[0]?.event).toStrictEqual(note(text))
      }))
  })

  describe('given a partition that someone tampered with', () => {
    type Change = (commits: Array<StoredCommit>, index: number) => void
    const positions = [0, 1, 2, 3, 4, 5]

    const expectFound = async (at: ReadonlyArray<number>, change: Change) =>
      opened(open, 1, async log => {
        for (const i of positions) await log.transact(notingTransaction(`s${i % 2}`, [String(i)]))()
        const commits = rightOf(await log.readPartition(0, 0, 10)())
        for (const index of at) {
          const tampered = [...commits]
          change(tampered, index)
          const verdict = rightOf(await verifyChain(holding(log, tampered), 0)())
          expect(verdict).toMatchObject({ _tag: 'Broken', position: { p: 0, n: index + 1 } })
        }
      })

    it.each(fields)('names the first commit whose %s was altered', field =>
      expectFound(positions, (commits, index) => {
        const commit = commits[index]
        if (commit !== undefined) commits[index] = { ...commit, [field]: altered(commit[field]) }
      }),
    )

    it('names the place of a commit that was taken out', () =>
      expectFound([0, 1, 2, 3, 4], (commits, index) => void commits.splice(index, 1)))

    it('names the place of two commits that were swapped', () =>
      expectFound([0, 1, 2, 3, 4], (commits, index) => void commits.splice(index + 1, 0, ...commits.splice(index, 1))))

    it('refuses the commits of another log', () =>
      opened(open, 1, async log => {
        await log.transact(notingTransaction('s', ['a']))()
        const commits = rightOf(await log.readPartition(0, 0, 10)())
        await opened(open, 1, async other => {
          const verdict = rightOf(await verifyChain(holding(other, commits), 0)())
          expect(verdict).toMatchObject({ _tag: 'Broken', position: { p: 0, n: 1 } })
        })
      }))
  })
}
