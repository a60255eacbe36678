import { randomUUID } from 'node:crypto'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { inMemoryKeyStore } from '@runledger/shared-kernel/sealing/in-memory/in-memory-key-store.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import type { KeyStore } from '@runledger/shared-kernel/sealing/key-store.ts'
import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { received, started, submission } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'
import { ended, record } from '../test-support/ended.ts'
import { applyRetention } from './apply-retention.ts'

const noTenants: ReadonlyMap<string, number> = new Map()
const daysLater = (days: number) => new Date(Date.now() + days * 86_400_000)

const given = async (store: KeyStore = inMemoryKeyStore()) => {
  const keyring = await inMemoryKeyring(store)
  const log = sealedEventLog(openInMemoryEventLog(), keyring)
  const applied = (now: Date, policy: Parameters<typeof applyRetention>[1]) =>
    applyRetention({ log, keyring, now: () => now, newId: randomUUID }, policy)()
  const isErased = async (id: string): Promise<boolean> => {
    const stream = submissionStream(id as SubmissionId)
    const events = await log.readStream(stream, 1)()
    const isRecorded = E.isRight(events) && events.right.at(-1)?.event.type === 'SubmissionErased'
    const isKeyGone = E.isRight(await keyring.keyOf(stream)()) && E.toUnion(await store.find(stream)()) === null
    if (isRecorded !== isKeyGone) throw new Error('an erasure in part')
    return isRecorded
  }
  return { log, keyring, store, applied, isErased }
}

describe('given a number of days', () => {
  it('erases what is older, and nothing else', async () => {
    const { log, applied, isErased } = await given()
    const id = await ended(log, submission)
    const policy = { days: 30, daysByTenant: noTenants }
    expect(await applied(daysLater(29.9), policy)).toStrictEqual(E.right(0))
    expect(await isErased(id)).toBe(false)
    expect(await applied(daysLater(30.1), policy)).toStrictEqual(E.right(1))
    expect(await isErased(id)).toBe(true)
    expect(await applied(daysLater(60), policy)).toStrictEqual(E.right(0))
  })

  it('goes through all there is, page by page', async () => {
    const { log, applied, isErased } = await given()
    const ids = await Promise.all(Array.from({ length: 230 }, () => ended(log, submission)))
    expect(await applied(daysLater(2), { days: 1, daysByTenant: noTenants })).toStrictEqual(E.right(230))
    expect(await Promise.all(ids.map(isErased))).not.toContain(false)
  })

  it('leaves what still runs for a later time', async () => {
    const { log, applied, isErased } = await given()
    const id = randomUUID()
    await record(log, id, [received, started(1)])
    expect(await applied(daysLater(9), { days: 1, daysByTenant: noTenants })).toStrictEqual(E.right(0))
    expect(await isErased(id)).toBe(false)
  })

  it('deletes the key of what was never stored, without a record', async () => {
    const { keyring, store, log, applied } = await given()
    const stream = submissionStream(randomUUID() as string as SubmissionId)
    await keyring.ensure({ stream, tenant: 'acme', isNew: true })()
    expect(await applied(daysLater(9), { days: 1, daysByTenant: noTenants })).toStrictEqual(E.right(0))
    expect(await store.find(stream)()).toStrictEqual(E.right(null))
    expect(await log.readStream(stream, 1)()).toStrictEqual(E.right([]))
  })
})

describe('given days of single tenants', () => {
  it('goes by those, for each its own', async () => {
    const { log, applied, isErased } = await given()
    const [acme, school, other] = await Promise.all(
      ['acme', 'school', 'other'].map(tenant => ended(log, submission, tenant)),
    )
    const daysByTenant = new Map([
      ['acme', 10],
      ['school', 365],
    ])
    expect(await applied(daysLater(100), { days: null, daysByTenant })).toStrictEqual(E.right(1))
    expect(await Promise.all([acme, school, other].map(id => isErased(id ?? '')))).toStrictEqual([true, false, false])
    expect(await applied(daysLater(100), { days: 50, daysByTenant })).toStrictEqual(E.right(1))
    expect(await Promise.all([school, other].map(id => isErased(id ?? '')))).toStrictEqual([false, true])
  })
})

describe('given keys that cannot be asked for', () => {
  it('says so, and has erased nothing', async () => {
    const fault = { _tag: 'KeyStoreFault' as const, message: 'not now' }
    const { log, applied, isErased } = await given({ ...inMemoryKeyStore(), olderThan: () => TE.left(fault) })
    const id = await ended(log, submission)
    expect(await applied(daysLater(9), { days: 1, daysByTenant: noTenants })).toStrictEqual(E.left(fault))
    expect(await isErased(id)).toBe(false)
  })
})
