import { randomUUID } from 'node:crypto'
import { sealedEventLog } from '@runledger/shared-kernel/sealing/sealed-event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { submission } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'
import { ended } from '../../test-support/ended.ts'
import { appended } from '../../test-support/records.ts'
import { serve } from '../../test-support/serve.ts'

const path = (id: unknown): string => `/api/submissions/${id}/erase`

const streamOf = (id: unknown): string => submissionStream(id as SubmissionId)

const serveSealed = async (...differences: Parameters<typeof serve>) => {
  const served = await serve(...differences)
  return { ...served, sealed: sealedEventLog(served.log, served.keyring) }
}

describe('given a submission that has ended', () => {
  it('is erased on the record, and its key is gone', async () => {
    const { post, log, sealed, keyring } = await serveSealed()
    const id = await ended(sealed, submission)
    const answer = await post(path(id), { why: 'the user left' })
    expect(answer).toMatchObject({ status: 200, body: { codeSubmissionId: id, erased: true } })
    expect(answer.headers.get('x-position')).not.toBeNull()
    const events = await log.readStream(streamOf(id), 4)()
    expect(events).toMatchObject({
      right: [{ event: { type: 'SubmissionErased', data: { who: 'anonymous', why: 'the user left' } } }],
    })
    expect(await keyring.keyOf(streamOf(id))()).toMatchObject({ right: null })
  })

  it('is erased once, however often that is asked', async () => {
    const { post, log, sealed } = await serveSealed()
    const id = await ended(sealed, submission)
    await post(path(id), {})
    const before = await appended(log)
    expect(await post(path(id), {})).toMatchObject({ status: 200, body: { erased: true } })
    expect(await appended(log)).toBe(before)
  })

  it('is erased by the next request where the key could not be deleted by the first', async () => {
    let isOut = true
    const { post, sealed, keyring } = await serveSealed()
    const id = await ended(sealed, submission)
    const failing = await serve({
      log: sealed,
      keyring: {
        ...keyring,
        destroy: streams => (isOut ? TE.left({ _tag: 'KeyStoreFault', message: 'not now' }) : keyring.destroy(streams)),
      },
    })
    const refused = await failing.post(path(id), {})
    expect(refused).toMatchObject({ status: 503, body: { error: 'The data key cannot be deleted now' } })
    expect(refused.headers.get('retry-after')).toBe('5')
    isOut = false
    expect(await failing.post(path(id), {})).toMatchObject({ status: 200 })
    expect(await keyring.keyOf(streamOf(id))()).toMatchObject({ right: null })
    expect(await post(path(id), {})).toMatchObject({ status: 200 })
  })

  it('is not run again once it is erased', async () => {
    const { post, sealed, log, keyring } = await serveSealed()
    const over = await serve({ log: sealed, keyring })
    const id = await ended(sealed, submission)
    expect(await over.post(`/api/submissions/${id}/replay`, {})).toMatchObject({ status: 201 })
    await post(path(id), {})
    const before = await appended(log)
    expect(await over.post(`/api/submissions/${id}/replay`, {})).toMatchObject({
      ...{ status: 410, body: { error: 'The submission was erased: there is nothing left to run again' } },
    })
    expect(await appended(log)).toBe(before)
  })

  it('is not erased where its content was stored in plain', async () => {
    const { post, log } = await serve()
    const id = await ended(log, submission)
    expect(await post(path(id), {})).toMatchObject({
      ...{ status: 409, body: { error: 'The submission was stored before content was sealed: it cannot be erased' } },
    })
  })
})

describe('given a submission that cannot be erased', () => {
  it('is said to be unknown, or to be waiting still', async () => {
    const { post, log } = await serve()
    const { body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(await post(path(body['codeSubmissionId']), {})).toMatchObject({
      ...{ status: 409, body: { error: 'The submission is still waiting: it can be erased when it has ended' } },
    })
    expect(await post(path(randomUUID()), {})).toMatchObject({ status: 404 })
    expect(await post(path('none'), {})).toMatchObject({ status: 404 })
    expect(await appended(log)).toBe(1)
  })

  it('is not known where it is of another tenant', async () => {
    const { post, log, sealed } = await serveSealed()
    const id = await ended(sealed, submission, 'another')
    const before = await appended(log)
    expect(await post(path(id), {})).toMatchObject({ status: 404 })
    expect(await appended(log)).toBe(before)
  })

  it('is told what is wrong with the request', async () => {
    const { post } = await serve()
    expect(await post(path(randomUUID()), { why: 7 })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'why' }] },
    })
    expect(await post(path(randomUUID()), { reason: '' })).toMatchObject({ status: 422 })
  })
})
