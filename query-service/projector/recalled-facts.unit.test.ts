import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  append,
  completed,
  newSubmissionId,
  received,
  started,
} from '../read-models/result/submission-events.fixture.ts'
import { workersProjection } from '../read-models/workers/workers-projection.ts'
import { applyTogether } from './apply-together.ts'
import { decodeFeedItem } from './decode-feed-item.ts'
import { type LiveProjection, resumeProjection } from './live-projection.ts'
import { documentCollection, rowCollection } from './projection.ts'

const rightOf = <A>(answer: Either<unknown, A>): A => {
  if (isLeft(answer)) throw new Error(`unexpected ${JSON.stringify(answer.left)}`)
  return answer.right
}

/** A store that tells which collections it was asked for documents of. */
const attentive = () => {
  const asked: Array<string> = []
  const store = openInMemoryReadModelStore()
  const get: ReadModelStore['get'] = (collection, id) => {
    asked.push(collection)
    return store.get(collection, id)
  }
  return { asked, store: { ...store, get } }
}

const project = async (store: ReadModelStore, log: EventLog, live: LiveProjection): Promise<void> => {
  const commits = rightOf(await log.readPartition(0, live.checkpoint(0), 100)())
  rightOf(await applyTogether(store, [live], commits.map(decodeFeedItem)))
}

const factCollection = rowCollection(workersProjection, 'facts')

const world = async () => {
  const log = openInMemoryEventLog({ partitions: 1 })
  const { store, asked } = attentive()
  const resume = async () => rightOf(await resumeProjection(store, workersProjection))
  const live = await resume()
  const id = newSubmissionId()
  await append(log, id, [received()])
  await append(log, id, [started()])
  await project(store, log, live)
  await append(log, id, [completed()])
  const tallies = async () =>
    rightOf(
      await store.find({
        collection: documentCollection(workersProjection),
        where: {},
        order: 'ascending',
        after: null,
        limit: 10,
      })(),
    )
  return { log, store, asked, live, resume, tallies }
}

const whole = [{ body: { counts: { started: 1, completed: 1 } } }]

describe('a fact that a tally needs', () => {
  it('is known to the process that wrote it', async () => {
    const { log, store, asked, live, tallies } = await world()
    await project(store, log, live)
    expect(asked).not.toContain(factCollection)
    expect(await tallies()).toMatchObject(whole)
  })

  it('is asked of the store by one that did not', async () => {
    const { log, store, asked, resume, tallies } = await world()
    await project(store, log, await resume())
    expect(asked).toContain(factCollection)
    expect(await tallies()).toMatchObject(whole)
  })
})
