import { randomUUID } from 'node:crypto'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { inMemoryKeyStore } from '@runledger/shared-kernel/sealing/in-memory/in-memory-key-store.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import type { KeyStore } from '@runledger/shared-kernel/sealing/key-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { isRight } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { documentCollection, rowCollection } from '../projector/projection.ts'
import { type Served, serveOn } from '../query-service.fixture.ts'
import { historyProjection } from '../read-models/history/history-projection.ts'
import { resultProjection } from '../read-models/result/result-projection.ts'
import {
  append,
  compiled,
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'

type Parts = Readonly<{ log: EventLog; store: ReadModelStore; wakeUp: WakeUp; close: () => Promise<void> }>

type Body = Readonly<Record<string, unknown>>

const marker = 'what-was-sent-and-written'
const readModels = [
  documentCollection(resultProjection),
  rowCollection(resultProjection, 'input'),
  rowCollection(resultProjection, 'output'),
  documentCollection(historyProjection),
]

/** What can be read of sealed submissions, and of erased ones, whatever store is behind it. */
export const erasureContract = (where: string, open: () => Promise<Parts>): void => {
  describe(`sealed submissions, on ${where}`, () => {
    let parts: Parts
    let keys: KeyStore
    let keyring: Keyring
    let served: Served
    beforeEach(async () => {
      parts = await open()
      keys = inMemoryKeyStore()
      keyring = await inMemoryKeyring(keys)
      served = await serveOn(parts, { keyring })
    })
    afterEach(async () => {
      await served.close()
      await parts.close()
    })

    const read = async (path: string): Promise<string> => (await served.get(path)).text()
    const json = async (path: string): Promise<Body> => JSON.parse(await read(path)) as Body

    const ran = async (replayOf: SubmissionId | null = null): Promise<SubmissionId> => {
      const id = newSubmissionId()
      const files = [{ name: 'main.py', content: marker, encoding: 'utf8' as const }]
      const begun = received({ replayOf, files, stdin: { content: marker, encoding: 'utf8' }, args: [marker] })
      const log = sealedEventLog(parts.log, keyring)
      const { p, n } = await append(log, id, [
        begun,
        started(),
        compiled(marker),
        wrote({ bytes: marker }),
        completed(),
      ])
      await read(`/api/result/${id}?wait=5&position=${p}:${n}`)
      return id
    }

    const erase = async (id: SubmissionId): Promise<void> => {
      await append(parts.log, id, [{ type: 'SubmissionErased', schema: 1, data: { who: 'client', why: '' } }])
      await keyring.destroy([submissionStream(id)])()
      await expect.poll(() => json(`/api/result/${id}`)).toMatchObject({ erased: true, version: 6 })
    }

    const everythingOf = async (id: SubmissionId): Promise<ReadonlyArray<string>> =>
      Promise.all([
        read(`/api/result/${id}`),
        read(`/api/result/${id}?version=5`),
        read(`/api/submissions/${id}/events`),
        read(`/api/submissions/${id}/stream`),
        read(`/api/submissions/${id}/replays`),
        read('/api/submissions'),
        read('/api/audit/commits'),
      ])

    it('are read in plain, to the byte, where content is shown', async () => {
      const id = await ran()
      expect(await json(`/api/result/${id}`)).toMatchObject({
        ...{ code: marker, stdInput: marker, args: [marker], stdOutput: marker, compile: { output: marker } },
      })
      expect((await json(`/api/result/${id}`))['erased']).toBeUndefined()
      expect(await read(`/api/submissions/${id}/stream`)).toContain(Buffer.from(marker).toString('base64'))
      const { events } = await json(`/api/submissions/${id}/events`)
      expect(events).toMatchObject([
        { data: { files: [{ content: marker }] } },
        {},
        { data: { output: { content: marker } } },
        { data: { bytes: Buffer.from(marker).toString('base64') } },
        {},
      ])
    })

    it('are compared in plain with their replays', async () => {
      const id = await ran()
      await ran(id)
      await expect
        .poll(async () => (await json(`/api/submissions/${id}/replays`))['replays'])
        .toMatchObject([{ same: true, output: { same: true } }])
    })

    it('are in no read model in plain', async () => {
      await ran()
      for (const collection of readModels) {
        const query = { collection, where: {}, order: 'ascending', after: null, limit: 100 } as const
        await expect
          .poll(() => parts.store.find(query)())
          .toMatchObject({ right: expect.arrayContaining([expect.anything()]) })
        const found = await parts.store.find(query)()
        expect(JSON.stringify(found)).not.toContain(marker)
        expect(JSON.stringify(found)).not.toContain(Buffer.from(marker).toString('base64'))
      }
    })

    it('show their skeleton and nothing else once they are erased', async () => {
      const id = await ran()
      await ran(id)
      await erase(id)
      const result = await json(`/api/result/${id}`)
      expect(result).toMatchObject({ erased: true, status: 'completed', outcome: 'success', exitCode: 0 })
      for (const member of ['code', 'stdInput', 'stdOutput', 'stdError', 'args'])
        expect(result).not.toHaveProperty(member)
      expect(await json(`/api/result/${id}?version=5`)).toMatchObject({ erased: true, status: 'completed' })
      expect(await json(`/api/submissions/${id}/replays`)).toMatchObject({
        original: { erased: true },
        replays: [{ same: null }],
      })
      const { submissions } = await json('/api/submissions')
      expect(submissions).toContainEqual(expect.objectContaining({ submissionId: id, erased: true }))
      expect(submissions).toContainEqual(expect.not.objectContaining({ erased: true }))
      const base64 = Buffer.from(marker).toString('base64')
      for (const text of await everythingOf(id)) {
        expect(text).not.toContain(marker)
        expect(text).not.toContain(base64)
      }
    })

    it('stay erased where a backup brings their keys back', async () => {
      const id = await ran()
      const backup = await keys.find(submissionStream(id))()
      await erase(id)
      if (isRight(backup) && backup.right !== null) await keys.add(backup.right)()
      expect(await keys.find(submissionStream(id))()).toMatchObject({ right: { stream: submissionStream(id) } })
      await served.close()
      served = await serveOn(parts, { keyring })
      await expect.poll(() => keys.find(submissionStream(id))()).toMatchObject({ right: null })
    })

    it('are not shown in part while the keys cannot be asked for', async () => {
      const id = await ran()
      await served.close()
      const fault = async () => ({
        _tag: 'Left' as const,
        left: { _tag: 'KeyStoreFault' as const, message: randomUUID() },
      })
      served = await serveOn(parts, { keyring: { ...keyring, keyOf: () => fault } })
      for (const path of [`/api/result/${id}`, `/api/submissions/${id}/events`, `/api/submissions/${id}/replays`]) {
        const answer = await served.get(path)
        expect([path, answer.status]).toStrictEqual([path, 503])
        expect(answer.headers.get('retry-after')).not.toBeNull()
      }
    })
  })
}
