import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { inMemoryKeyStore } from '@runledger/shared-kernel/sealing/in-memory/in-memory-key-store.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import type { KeyStore } from '@runledger/shared-kernel/sealing/key-store.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { received } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'
import { record } from '../test-support/ended.ts'
import { forgetUnusedKeys } from './forget-unused-keys.ts'

const until = '2026-03-01T12:00:00.000Z'
const later = (minutes: number): Date => new Date(Date.parse(until) + minutes * 60_000)

/** Keys of three submissions that a process made ahead before it died; the second one was received. */
const given = async (differences: Partial<KeyStore> = {}) => {
  const store = { ...inMemoryKeyStore(), ...differences }
  const log = openInMemoryEventLog()
  const keyring = await inMemoryKeyring(store)
  const streams = ['a', 'b', 'c'].map(id => submissionStream(id as SubmissionId))
  const keys = streams.map(stream => ({ stream, tenant: 'acme', createdAt: until, wrapped: 'wrapped' }))
  await store.reserve({ id: 'a reservation', until, streams }, keys)()
  await record(log, 'b', [received])
  const forgotten = (now: Date) => forgetUnusedKeys({ log, keyring, now: () => now })()
  const left = async () => {
    const found = await Promise.all(streams.map(stream => store.find(stream)()))
    return found.flatMap(key => (E.isRight(key) && key.right !== null ? [key.right.stream] : []))
  }
  return { store, forgotten, left }
}

describe('given keys that a process made ahead before it died', () => {
  it('deletes those whose submission never came, once', async () => {
    const { store, forgotten, left } = await given()
    expect(await forgotten(later(61))).toStrictEqual(E.right(2))
    expect(await left()).toStrictEqual(['submission-b'])
    expect(await store.unsettled('9999-12-31T23:59:59.999Z', 5)()).toStrictEqual(E.right([]))
    expect(await forgotten(later(62))).toStrictEqual(E.right(0))
  })

  it('leaves them while a process elsewhere may use them', async () => {
    const { forgotten, left } = await given()
    expect(await forgotten(later(59))).toStrictEqual(E.right(0))
    expect(await left()).toHaveLength(3)
  })

  it('tries again where they could not be deleted', async () => {
    const working = inMemoryKeyStore()
    const fault = { _tag: 'KeyStoreFault' as const, message: 'not now' }
    let isOut = true
    const remove: KeyStore['remove'] = streams => (isOut ? TE.left(fault) : working.remove(streams))
    const { forgotten, left } = await given({ ...working, remove })
    expect(await forgotten(later(61))).toStrictEqual(E.left(fault))
    isOut = false
    expect(await forgotten(later(61))).toStrictEqual(E.right(2))
    expect(await left()).toStrictEqual(['submission-b'])
  })
})
