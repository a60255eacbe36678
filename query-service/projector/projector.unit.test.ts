import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { allPartitions } from '@runledger/shared-kernel/sharing/shares.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import { left, map } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, it } from 'vitest'
import { silent } from '../query-service.fixture.ts'
import { resultProjection } from '../read-models/result/result-projection.ts'
import { append, newSubmissionId, received, started } from '../read-models/result/submission-events.fixture.ts'
import type { Projection } from './projection.ts'
import { always, createProjector, type Projector } from './projector.ts'

const full: ReadModelStoreFault = { _tag: 'ReadModelStoreFault', kind: 'full', message: 'no room' }

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await nextTurn()
}

const running: Array<Projector> = []
afterEach(async () => {
  await Promise.all(running.splice(0).map(projector => projector.stop()))
})

type Setting = Readonly<{
  log?: EventLog
  store?: ReadModelStore
  hints?: boolean
  idleMs?: number
  projections?: ReadonlyArray<Projection>
}>

const follow = (setting: Setting = {}) => {
  const { log = openInMemoryEventLog({ partitions: 4 }), store = openInMemoryReadModelStore() } = setting
  const { hints = true, idleMs = 60_000, projections = [resultProjection] } = setting
  const events: Array<RecordedEvent> = []
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  if (hints) log.onAppended(wakeUp.announce)
  const projector = createProjector({
    log,
    store,
    wakeUp,
    shares: allPartitions(log.partitions),
    followed: always(projections),
    applied: (_, applied) => void events.push(...applied),
    logger: silent,
    idleMs,
  })
  running.push(projector)
  return { log, store, projector, events }
}

const counted = (log: EventLog) => {
  const reads: Array<number> = []
  const counting: EventLog = {
    ...log,
    readPartitions: (after, limit) => {
      reads.push(...after.keys())
      return log.readPartitions(after, limit)
    },
  }
  return { log: counting, reads }
}

describe('a projector', () => {
  it('reads the partition a hint names, once for all projections, and no other', async () => {
    const { log, reads } = counted(openInMemoryEventLog({ partitions: 4 }))
    const second: Projection = { ...resultProjection, version: 2 }
    const { projector, events } = follow({ log, projections: [resultProjection, second] })
    await projector.start()
    const { p } = await append(log, newSubmissionId(), [received()])
    await until(() => events.length === 2)
    expect(reads).toStrictEqual([p])
  })

  it('catches up from its checkpoints, reading only what it has not seen', async () => {
    const { log, reads } = counted(openInMemoryEventLog({ partitions: 4 }))
    const store = openInMemoryReadModelStore()
    const first = follow({ log, store })
    await first.projector.start()
    const before = await append(log, newSubmissionId(), [received()])
    await until(() => first.projector.hasPassed(resultProjection, before))
    await first.projector.stop()
    const missed = await append(log, newSubmissionId(), [received()])
    reads.length = 0
    const second = follow({ log, store })
    await second.projector.start()
    await until(() => second.projector.hasPassed(resultProjection, missed))
    expect(second.events.map(({ position }) => position)).toStrictEqual([missed])
    expect(reads).toStrictEqual([missed.p])
  })

  it('finds what no hint spoke of when it is idle', async () => {
    const { log, projector, events } = follow({ hints: false, idleMs: 1 })
    await projector.start()
    await append(log, newSubmissionId(), [received()])
    await until(() => events.length === 1)
  })

  it('skips nothing while the store is full, says so, and goes on when there is room', async () => {
    const real = openInMemoryReadModelStore()
    let isFull = false
    const store: ReadModelStore = {
      ...real,
      apply: (writes, checkpoints) => (isFull ? async () => left(full) : real.apply(writes, checkpoints)),
    }
    const { log, projector, events } = follow({ store })
    await projector.start()
    isFull = true
    const ids = [newSubmissionId(), newSubmissionId(), newSubmissionId()]
    for (const id of ids) await append(log, id, [received(), started()])
    await until(() => !projector.health().healthy)
    expect(projector.health().problems).toStrictEqual([expect.stringContaining('full')])
    isFull = false
    await until(() => events.length === 6)
    await until(() => projector.health().healthy)
    for (const id of ids) expect(await real.get('result__v1', id)()).toMatchObject({ right: { version: 2 } })
  })

  it('never passes a position that is missing', async () => {
    const real = openInMemoryEventLog({ partitions: 1 })
    let isHidden = true
    const log: EventLog = {
      ...real,
      readPartitions: (after, limit) => async () =>
        map((commits: ReadonlyArray<{ n: number }>) => commits.filter(({ n }) => !isHidden || n !== 2))(
          await real.readPartitions(after, limit)(),
        ) as Awaited<ReturnType<ReturnType<EventLog['readPartitions']>>>,
    }
    for (let n = 1; n <= 3; n += 1) await append(log, newSubmissionId(), [received()])
    const { projector, events } = follow({ log, idleMs: 1 })
    await projector.start()
    await until(() => !projector.health().healthy)
    expect(projector.health().problems).toStrictEqual(['position 2 of partition 0 is missing in the log'])
    expect(projector.hasPassed(resultProjection, { p: 0, n: 1 })).toBe(true)
    expect(projector.hasPassed(resultProjection, { p: 0, n: 2 })).toBe(false)
    isHidden = false
    await until(() => projector.health().healthy && events.length === 3)
  })

  it('refuses read models that are ahead of the log', async () => {
    const store = openInMemoryReadModelStore()
    await store.apply([], [{ projection: 'result__v1', partition: 0, n: 9 }])()
    const { projector } = follow({ store })
    await expect(projector.start()).rejects.toThrow('ahead of the log in partition 0')
  })

  it('tells how far it is behind', async () => {
    const log = openInMemoryEventLog({ partitions: 4 })
    for (let n = 0; n < 5; n += 1) await append(log, newSubmissionId(), [received()])
    const { projector } = follow({ log })
    await projector.start()
    expect(projector.health().projections).toStrictEqual([{ name: 'result', version: 1, lag: 5, parkedStreams: 0 }])
    await until(() => projector.health().projections.every(({ lag }) => lag === 0))
  })
})
