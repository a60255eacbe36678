import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import type { Document, ReadModelStore, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import * as fc from 'fast-check'
import { type Either, isLeft, left } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { languagesProjection } from '../read-models/languages/languages-projection.ts'
import {
  abandoned,
  append,
  compiled,
  completed,
  failed,
  newSubmissionId,
  received,
  started,
} from '../read-models/result/submission-events.fixture.ts'
import { usageProjection } from '../read-models/usage/usage-projection.ts'
import { workersProjection } from '../read-models/workers/workers-projection.ts'
import { applyTogether } from './apply-together.ts'
import { decodeFeedItem } from './decode-feed-item.ts'
import type { FeedItem } from './fold-batch.ts'
import { type LiveProjection, resumeProjection } from './live-projection.ts'
import { documentCollection, type Projection } from './projection.ts'
import { tallyLog } from './tally-log.ts'

const partitions = 2

const rightOf = <A>(answer: Either<unknown, A>): A => {
  if (isLeft(answer)) throw new Error(`unexpected ${JSON.stringify(answer.left)}`)
  return answer.right
}

const life = fc
  .record({
    language: fc.constantFrom('python', 'c'),
    abandonments: fc.nat(2),
    end: fc.constantFrom('success', 'runtime_error', 'failed', 'pending'),
  })
  .map(({ language, abandonments, end }) => {
    const attempts = Array.from({ length: abandonments }, (_, index) => [[started(index + 1)], [abandoned(index + 1)]])
    const last = abandonments + 1
    const endings = end === 'pending' ? [] : [end === 'failed' ? failed('broken') : completed(end, last)]
    return [[received({ language })], ...attempts.flat(), [started(last), compiled('', last)], endings]
  })

/** What an owner of the partitions does: reads on, in a batch, with the other or alone, and may crash while it writes. */
const step = fc.record({
  owner: fc.nat(1),
  batch: fc.integer({ min: 1, max: 8 }),
  isTogether: fc.boolean(),
  isNew: fc.boolean(),
  writesUntilCrash: fc.option(fc.nat(6), { nil: null }),
})
type Step = typeof step extends fc.Arbitrary<infer A> ? A : never

const gone = left({ _tag: 'ReadModelStoreFault', kind: 'unreachable', message: 'crashed' } as const)

// The port promises that inserts go first, and no more: of the rest any part may be written.
const crashing = (store: ReadModelStore, writesUntilCrash: () => number | null): ReadModelStore => ({
  ...store,
  apply: (writes, checkpoints) => async () => {
    const most = writesUntilCrash()
    if (most === null) return store.apply(writes, checkpoints)()
    const isInsert = ({ kind }: Write): boolean => kind === 'insert'
    const ordered = [...writes.filter(isInsert), ...writes.filter(write => !isInsert(write)).toReversed()]
    rightOf(await store.apply(ordered.slice(0, most), [])())
    return gone
  },
})

const logOf = async (lives: ReadonlyArray<ReadonlyArray<Parameters<typeof append>[2]>>): Promise<EventLog> => {
  const log = openInMemoryEventLog({ partitions })
  const streams = lives.map(commits => ({ id: newSubmissionId(), commits }))
  for (let round = 0; round < 12; round += 1) {
    for (const [index, { id, commits }] of streams.entries()) {
      const commit = commits[round] ?? []
      const at = `2026-01-02T0${round % 3}:04:0${index % 10}.${100 + round}Z`
      if (commit.length > 0) await append(log, id, commit, at)
    }
  }
  return log
}

const readAll = async (log: EventLog): Promise<ReadonlyArray<ReadonlyArray<FeedItem>>> =>
  Promise.all(
    Array.from({ length: partitions }, async (_, p) =>
      rightOf(await log.readPartition(p, 0, 10_000)()).map(decodeFeedItem),
    ),
  )

const stored = async (store: ReadModelStore, projection: Projection): Promise<ReadonlyArray<Document>> =>
  rightOf(
    await store.find({
      collection: documentCollection(projection),
      where: {},
      order: 'ascending',
      after: null,
      limit: 10_000,
    })(),
  )

const byId = (documents: ReadonlyArray<Document>) => new Map(documents.map(document => [document.id, document]))

const project = async (store: ReadModelStore, projection: Projection, feed: Feed, steps: ReadonlyArray<Step>) => {
  let crash: number | null = null
  const mortal = crashing(store, () => crash)
  const resume = async (): Promise<LiveProjection> => rightOf(await resumeProjection(mortal, projection))
  const owners = [await resume(), await resume()]
  const next = (owner: LiveProjection, size: number): ReadonlyArray<FeedItem> =>
    feed.flatMap((items, p) => items.slice(owner.checkpoint(p), owner.checkpoint(p) + size))
  for (const { owner, batch, isTogether, isNew, writesUntilCrash } of steps) {
    if (isNew) owners[owner] = await resume()
    crash = writesUntilCrash
    const acting = isTogether ? owners : owners.slice(owner, owner + 1)
    await Promise.all(acting.map(each => applyTogether(mortal, [each], next(each, batch))))
  }
  crash = null
  const last = await resume()
  rightOf(await applyTogether(mortal, [last], next(last, 10_000)))
}
type Feed = ReadonlyArray<ReadonlyArray<FeedItem>>

export const acrossStreamsContract = (
  open: () => Promise<ReadModelStore>,
  { numRuns }: Readonly<{ numRuns: number }>,
): void => {
  describe.each([languagesProjection, usageProjection, workersProjection])('the tallies of $name', projection => {
    it('are those of the whole log, whoever projects what twice, crashes or takes over', async () => {
      const histories = fc.array(life, { minLength: 1, maxLength: 8 })
      await fc.assert(
        fc.asyncProperty(histories, fc.array(step, { maxLength: 12 }), async (lives, steps) => {
          const store = await open()
          const feed = await readAll(await logOf(lives))
          await project(store, projection, feed, steps)
          const events = feed.flat().flatMap(item => (item.decoded ? item.events : []))
          const wanted = projection.across === undefined ? [] : tallyLog(projection.across, events)
          expect(wanted.length).toBeGreaterThan(0)
          expect(byId(await stored(store, projection))).toStrictEqual(byId(wanted))
          await store.close()
        }),
        { numRuns },
      )
    }, 60_000)
  })
}
