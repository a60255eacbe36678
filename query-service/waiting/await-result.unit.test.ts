import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { right } from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readResultFromStream } from '../read-models/result/read-result.ts'
import type { Result } from '../read-models/result/result.ts'
import { append, completed, newSubmissionId, received } from '../read-models/result/submission-events.fixture.ts'
import { awaitResult } from './await-result.ts'
import { createWaitingRooms } from './waiting-rooms.ts'

const id = newSubmissionId()
const patience = { waitMs: 60_000, signal: new AbortController().signal }

const resultAfter = async (...events: ReadonlyArray<DomainEvent>): Promise<Result> => {
  const log = openInMemoryEventLog({ partitions: 1 })
  await append(log, id, events)
  const result = await readResultFromStream(log)(id)
  if (result._tag === 'Left' || result.right === null) throw new Error('there is no result')
  return result.right
}

const pending = await resultAfter(received())
const ended = await resultAfter(received(), completed())

const newRooms = () => createWaitingRooms({ maxWaiting: 10, partitions: 1, isShared: true })

it('answers what was just projected without a question to the store', async () => {
  const rooms = newRooms()
  const read = () => Promise.reject(new Error('the store was asked'))
  let known = pending
  const answer = awaitResult({ read, recall: () => known, isNew: () => false, rooms })(id, patience)
  known = ended
  rooms.ended(id)
  expect(await answer).toStrictEqual(right(ended))
  expect(rooms.count()).toBe(0)
})

it('answers the end that is projected while the store does not know the submission yet', async () => {
  const rooms = newRooms()
  let known: Result | null = null
  const told: Array<Result | null> = []
  const asked = Promise.withResolvers<void>()
  const read = async (_id: string, arrival?: Promise<Result | null>) => {
    asked.resolve()
    const arrived = (await arrival) ?? null
    told.push(arrived)
    return right(arrived)
  }
  const answer = awaitResult({ read, recall: () => known, isNew: () => false, rooms })(id, patience)
  await asked.promise
  known = ended
  rooms.passed({ p: 0, n: 2 })
  expect(await answer).toStrictEqual(right(ended))
  expect(told).toStrictEqual([ended])
})

it('asks the store where another process projects', async () => {
  const rooms = newRooms()
  const answers = [pending, ended]
  const read = async () => right(answers.shift() ?? null)
  const answer = awaitResult({ read, recall: () => null, isNew: () => false, rooms })(id, patience)
  await Promise.resolve()
  rooms.changedElsewhere(0)
  expect(await answer).toStrictEqual(right(ended))
})

it('waits for the end of a new submission to be projected, and asks nobody', async () => {
  const rooms = newRooms()
  let known: Result | null = null
  const read = () => Promise.reject(new Error('the store was asked'))
  const answer = awaitResult({ read, recall: () => known, isNew: () => true, rooms })(id, patience)
  rooms.passed({ p: 0, n: 1 })
  known = ended
  rooms.ended(id)
  expect(await answer).toStrictEqual(right(ended))
  expect(rooms.count()).toBe(0)
})

it('asks the store for a new submission that another process has projected meanwhile', async () => {
  const rooms = newRooms()
  const read = async () => right(ended)
  const answer = awaitResult({ read, recall: () => null, isNew: () => true, rooms })(id, patience)
  rooms.changedElsewhere(0)
  expect(await answer).toStrictEqual(right(ended))
})

it('asks the store for a new submission that nothing is heard of', async () => {
  const read = async () => right(null)
  const answer = awaitResult({ read, recall: () => null, isNew: () => true, rooms: newRooms() })(id, patience)
  expect(await answer).toStrictEqual(right(null))
})

it('waits for a new submission no longer than it was asked to', async () => {
  const rooms = newRooms()
  const seats: Array<number> = []
  const enterForResult: typeof rooms.enterForResult = (id, withinMs, signal) => {
    seats.push(withinMs)
    return rooms.enterForResult(id, withinMs, signal)
  }
  const options = { read: async () => right(pending), recall: () => null, isNew: () => true }
  const answer = awaitResult({ ...options, rooms: { ...rooms, enterForResult } })(id, { ...patience, waitMs: 100 })
  expect(await answer).toStrictEqual(right(pending))
  const [first, ...others] = seats
  expect(first).toBe(100)
  expect(Math.max(0, ...others)).toBeLessThan(100)
})
