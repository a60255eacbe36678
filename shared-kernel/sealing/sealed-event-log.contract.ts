import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freshCommandId } from '../event-log/contract/noting-transaction.ts'
import { readWholeLog } from '../event-log/contract/read-whole-log.ts'
import { rightOf } from '../event-log/contract/right-of.ts'
import type { EventLog, Fold, Transaction } from '../event-log/event-log.ts'
import { decide } from '../submission/decide.ts'
import { evolve } from '../submission/evolve.ts'
import type { SubmissionCommand, SubmissionRefusal } from '../submission/submission-command.ts'
import { initialSubmission, type SubmissionState } from '../submission/submission-state.ts'
import { chunk, completion, submission, worker } from '../submission/test-support/events.ts'
import { inMemoryKeyStore } from './in-memory/in-memory-key-store.ts'
import { inMemoryKeyring } from './in-memory/in-memory-keyring.ts'
import type { KeyStore } from './key-store.ts'
import type { Keyring } from './keyring.ts'
import { openEvents } from './open-events.ts'
import { isSealedContent } from './seal-event.ts'
import { sealedEventLog } from './sealed-event-log.ts'

const unknown: Fold<SubmissionState> = { version: 0, state: initialSubmission }

const telling = (
  stream: string,
  command: SubmissionCommand,
  remembered: Fold<SubmissionState> = unknown,
): Transaction<SubmissionState, SubmissionRefusal> => ({
  ...{ stream, remembered, evolve, decide: decide(command), commandId: freshCommandId() },
  meta: { correlationId: 'c', causationId: 'c', actor: 'a', tenant: 'acme', traceparent: null },
  occurredAt: '2026-01-02T03:04:05.678Z',
})

const marker = 'what-nobody-may-read'

const receive: SubmissionCommand = {
  _tag: 'ReceiveSubmission',
  data: { ...submission, files: [{ name: 'main.py', content: marker, encoding: 'utf8' }] },
}
const claim: SubmissionCommand = { _tag: 'ClaimAttempt', worker, supersede: null, maxAttempts: 3 }
const complete: SubmissionCommand = {
  ...{ _tag: 'CompleteAttempt', compilation: null, chunks: [chunk('stdout', 0, marker)] },
  data: completion(1, marker.length, 0),
}

/** What sealing makes of a log, whatever its store. `open` gives a new, empty one. */
export const sealedEventLogContract = (where: string, open: () => Promise<EventLog>): void => {
  describe(`a sealed log ${where}`, () => {
    let plain: EventLog
    let store: KeyStore
    let keyring: Keyring
    let log: EventLog
    let stream: string
    beforeEach(async () => {
      plain = await open()
      store = inMemoryKeyStore()
      keyring = await inMemoryKeyring(store)
      log = sealedEventLog(plain, keyring)
      stream = `submission-${randomUUID()}`
    })
    afterEach(() => plain.close())

    const tell = async (command: SubmissionCommand, remembered?: Fold<SubmissionState>) =>
      rightOf(await log.transact(telling(stream, command, remembered))())
    const stored = async () => (await readWholeLog(plain)).flat()
    const eventsOf = async (from: EventLog) => rightOf(await from.readStream(stream, 1)()).map(({ event }) => event)

    it('stores no content in plain, and decides as if it did', async () => {
      await tell(receive)
      const { fold } = await tell(claim)
      await tell(complete, fold)
      const text = JSON.stringify(await stored())
      expect(text).not.toContain(marker)
      expect(text).not.toContain(Buffer.from(marker).toString('base64'))
      expect(await tell(claim).catch(String)).toContain('AlreadyEnded')
    })

    it('reads in plain what was received, and all else once it is opened', async () => {
      await tell(receive)
      await tell(claim)
      await tell(complete)
      expect((await eventsOf(log))[0]).toMatchObject({ schema: 1, data: { files: [{ content: marker }] } })
      const events = rightOf(await plain.readStream(stream, 1)())
      const opened = rightOf(await openEvents(keyring)(events)())
      expect(opened[2]?.event).toMatchObject({ data: { bytes: Buffer.from(marker).toString('base64') } })
      expect(events[2]?.event).toMatchObject({ schema: 2, data: { size: marker.length } })
    })

    it('stays sealed, in part and whole, once the key is gone', async () => {
      await tell(receive)
      await tell(claim)
      await tell(complete)
      expect(rightOf(await keyring.destroy([stream])())).toBe(1)
      expect((await eventsOf(log)).map(isSealedContent)).toStrictEqual([true, false, true, false])
      expect(await tell({ _tag: 'EraseSubmission', who: 'a', why: '' })).toMatchObject({ outcome: 'appended' })
      expect(await tell({ _tag: 'EraseSubmission', who: 'a', why: '' })).toMatchObject({ outcome: 'unchanged' })
    })

    it('writes a command once, whoever repeats it', async () => {
      const once = telling(stream, receive)
      const answers = await Promise.all(Array.from({ length: 5 }, () => log.transact(once)()))
      expect(answers.map(answer => rightOf(answer).outcome).toSorted()).toStrictEqual([
        'appended',
        ...Array.from({ length: 4 }, () => 'repeated'),
      ])
      expect((await eventsOf(log))[0]).toMatchObject({ data: { files: [{ content: marker }] } })
    })

    it('makes a key for what a release without one has begun', async () => {
      rightOf(await plain.transact(telling(stream, receive))())
      await tell(claim)
      const without = telling(stream, complete)
      expect(rightOf(await log.transact({ ...without, remembered: unknown })())).toMatchObject({ outcome: 'appended' })
      expect((await eventsOf(log)).map(isSealedContent)).toStrictEqual([false, false, true, false])
      expect(await log.transact(telling(stream, { _tag: 'EraseSubmission', who: 'a', why: '' }))()).toMatchObject({
        left: { refusal: { _tag: 'StoredInPlain' } },
      })
    })

    it('appends what is decided on the newest state, not what was sealed ahead on an older one', async () => {
      await tell(receive)
      await tell(claim)
      const late: Transaction<SubmissionState, SubmissionRefusal> = {
        ...telling(stream, receive),
        decide: state => decide(state.status === 'unknown' ? receive : complete)(state),
      }
      expect(rightOf(await log.transact(late)())).toMatchObject({ outcome: 'appended' })
      const opened = rightOf(await openEvents(keyring)(rightOf(await plain.readStream(stream, 3)()))())
      expect(opened[0]?.event).toMatchObject({
        ...{ type: 'OutputChunk', data: { bytes: Buffer.from(marker).toString('base64') } },
      })
    })

    it('asks for no key where nothing is to be sealed or opened', async () => {
      const silent = sealedEventLog(plain, {
        ...keyring,
        keyOf: () => {
          throw new Error('a key was asked for')
        },
        ensure: () => {
          throw new Error('a key was made')
        },
      })
      const cancelling = telling(stream, { _tag: 'RequestCancellation', who: 'a', why: '' })
      expect(await silent.transact(cancelling)()).toMatchObject({ left: { refusal: { _tag: 'UnknownSubmission' } } })
      expect(rightOf(await silent.readStream(stream, 1)())).toStrictEqual([])
    })

    it('appends nothing while the keys cannot be had', async () => {
      const message = 'no keys today'
      const fault = async () => E.left({ _tag: 'KeyStoreFault' as const, message })
      const keyless = sealedEventLog(
        plain,
        await inMemoryKeyring({ ...inMemoryKeyStore(), add: () => fault, find: () => fault }),
      )
      expect(await keyless.transact(telling(stream, receive))()).toMatchObject({
        left: { _tag: 'EventLogFault', kind: 'unreachable', message: expect.stringContaining(message) },
      })
      expect(await stored()).toStrictEqual([])
    })
  })
}
