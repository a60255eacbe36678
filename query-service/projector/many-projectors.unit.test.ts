import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Shares } from '@runledger/shared-kernel/sharing/shares.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import * as fc from 'fast-check'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { silent } from '../query-service.fixture.ts'
import { findResult } from '../read-models/result/find-result.ts'
import { foldResult } from '../read-models/result/fold-result.ts'
import { resultProjection } from '../read-models/result/result-projection.ts'
import {
  abandoned,
  append,
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'
import { always, createProjector, type Projector } from './projector.ts'

const partitions = 3

const rightOf = <A>(answer: Either<unknown, A>): A => {
  if (isLeft(answer)) throw new Error(`unexpected ${JSON.stringify(answer.left)}`)
  return answer.right
}

/** Shares of several processes: who is given a partition hears of it, who had it does not. */
const unevenNews = () => {
  const tokens = new Map<number, number>()

  const shares = () => {
    const held = new Map<number, number>()
    let tell = (): void => undefined
    const own: Shares = {
      start: async () => undefined,
      held: () => new Map(held),
      deposed: (p, fence) => {
        if (held.get(p) === fence) held.delete(p)
      },
      onChange: listener => {
        tell = listener
      },
      stop: async () => held.clear(),
    }
    const seize = (p: number): void => {
      const token = (tokens.get(p) ?? 0) + 1
      tokens.set(p, token)
      held.set(p, token)
      tell()
    }
    return { own, seize }
  }

  return { shares }
}

const pass = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await nextTurn()
}

/** Answers after some turns of the event loop, so that what one projector does falls between two steps of another. */
const slow = (store: ReadModelStore, turns: () => number): ReadModelStore => ({
  ...store,
  apply: (writes, checkpoints) => async () => {
    await pass(turns())
    return store.apply(writes, checkpoints)()
  },
})

const life = (attempts: number) => [
  [received()],
  ...Array.from({ length: attempts }, (_, index) => [
    [started(index + 1)],
    [wrote({ attempt: index + 1, bytes: `${index}` })],
    [abandoned(index + 1)],
  ]).flat(),
  [started(attempts + 1), wrote({ attempt: attempts + 1, bytes: 'x' }), completed('success', attempts + 1)],
]

type Step = Readonly<
  | { kind: 'append'; submission: number; isHeard: boolean }
  | { kind: 'seize'; partition: number; projector: number }
  | { kind: 'pass'; turns: number }
>

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('append' as const), submission: fc.nat(5), isHeard: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('seize' as const),
      partition: fc.nat(partitions - 1),
      projector: fc.nat(2),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('pass' as const), turns: fc.integer({ min: 1, max: 6 }) }) },
)

const world = async (turns: () => number) => {
  const log = openInMemoryEventLog({ partitions })
  const store = openInMemoryReadModelStore()
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  const { shares } = unevenNews()
  const projectors = [shares(), shares(), shares()].map(({ own, seize }) => ({
    seize,
    projector: createProjector({
      ...{ log, wakeUp, shares: own, logger: silent, idleMs: 2 },
      store: slow(store, turns),
      followed: always([resultProjection]),
      applied: () => undefined,
    }),
  }))
  for (const { projector } of projectors) await projector.start()
  const submissions = Array.from({ length: 6 }, (_, index) => ({ id: newSubmissionId(), commits: life(index % 3) }))

  const appendNext = async (index: number, isHeard: boolean): Promise<void> => {
    const submission = submissions[index]
    const commit = submission?.commits.shift()
    if (submission === undefined || commit === undefined) return
    const position = await append(log, submission.id, commit)
    if (isHeard) wakeUp.announce(position)
  }

  const take = async (taken: Step): Promise<void> => {
    if (taken.kind === 'seize') projectors[taken.projector]?.seize(taken.partition)
    else if (taken.kind === 'append') await appendNext(taken.submission, taken.isHeard)
    else await pass(taken.turns)
  }

  const stop = () => Promise.all(projectors.map(({ projector }) => projector.stop()))
  return { log, store, projectors, ids: submissions.map(({ id }) => id), take, stop }
}

const isAtEnd = async (log: EventLog, projector: Projector): Promise<boolean> =>
  rightOf(await log.tails()()).every((n, p) => projector.hasPassed(resultProjection, { p, n }))

const projectsItAll = async (log: EventLog, [last]: Awaited<ReturnType<typeof world>>['projectors']): Promise<void> => {
  if (last === undefined) throw new Error('no projector')
  for (let p = 0; p < partitions; p += 1) last.seize(p)
  const isDone = () => isAtEnd(log, last.projector)
  await vi.waitFor(async () => expect(await isDone()).toBe(true), { timeout: 5_000, interval: 1 })
}

const storedCheckpoints = async (store: ReadModelStore): Promise<ReadonlyArray<number>> => {
  const checkpoints = rightOf(await store.checkpoints('result__v1')())
  return Array.from({ length: partitions }, (_, p) => checkpoints.get(p) ?? 0)
}

const directFold = async (log: EventLog, id: SubmissionId) =>
  foldResult(rightOf(await log.readStream(submissionStream(id), 1)()))

describe('given projectors that take partitions from one another unheard, hints that are lost, and a slow store', () => {
  it('the read model is what a direct fold of the log is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 10, maxLength: 80 }),
        fc.infiniteStream(fc.nat(4)),
        async (steps, turns) => {
          const { log, store, projectors, ids, take, stop } = await world(() => turns.next().value)
          for (const each of steps) await take(each)
          await projectsItAll(log, projectors)
          await stop()
          expect(await storedCheckpoints(store)).toStrictEqual(rightOf(await log.tails()()))
          for (const id of ids) expect(rightOf(await findResult(store, id))).toStrictEqual(await directFold(log, id))
        },
      ),
      { numRuns: 60 },
    )
  }, 60_000)
})

describe('given a projector that is deposed in the middle of a batch', () => {
  it('moves no checkpoint any more, and finds out', async () => {
    const log = openInMemoryEventLog({ partitions: 1 })
    const store = openInMemoryReadModelStore()
    const writing = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const held: ReadModelStore = {
      ...store,
      apply: (writes, checkpoints) => async () => {
        if (writes.length > 0) {
          writing.resolve()
          await goOn.promise
        }
        return store.apply(writes, checkpoints)()
      },
    }
    const { shares } = unevenNews()
    const { own, seize } = shares()
    const wakeUp = createInProcessWakeUp(() => undefined)
    const projector = createProjector({
      ...{ log, store: held, wakeUp, shares: own, logger: silent, idleMs: 2 },
      followed: always([resultProjection]),
      applied: () => undefined,
    })
    seize(0)
    await projector.start()
    const id = newSubmissionId()
    await append(log, id, [received()])
    await writing.promise
    await store.apply([], [{ projection: 'result__v1', partition: 0, n: 0, fence: 2 }])()
    goOn.resolve()
    await vi.waitFor(() => expect(own.held().size).toBe(0))
    await projector.stop()
    expect(rightOf(await store.checkpoints('result__v1')()).get(0) ?? 0).toBe(0)
    expect(rightOf(await findResult(store, id))).toStrictEqual(await directFold(log, id))
  })
})
