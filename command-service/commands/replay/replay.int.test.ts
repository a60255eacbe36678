import { randomUUID } from 'node:crypto'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { started, submission } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'
import { ended, record } from '../../test-support/ended.ts'
import { appended, received } from '../../test-support/records.ts'
import { serve } from '../../test-support/serve.ts'

const path = (id: unknown): string => `/api/submissions/${id}/replay`

const firstOf = async (log: EventLog, id: unknown) => {
  const events = await log.readStream(submissionStream(id as SubmissionId), 1)()
  if (E.isLeft(events) || events.right[0] === undefined) throw new Error('nothing was received')
  return events.right[0]
}

describe('given a submission that has ended', () => {
  it('is received again, linked by causation, and queued', async () => {
    const { post, log, jobs } = await serve()
    const original = await ended(log, { ...submission, stdin: { content: 'in', encoding: 'utf8' }, args: ['-v'] })
    const answer = await post(path(original), {})
    const id = answer.body['codeSubmissionId']
    expect(answer).toMatchObject({ status: 201, body: { replayOf: original, positionToken: expect.any(String) } })
    expect(answer.headers.get('location')).toBe(`/api/result/${id}`)
    const source = await firstOf(log, original)
    expect(await received(log, id)).toStrictEqual({
      ...(source.event.data as object),
      replayOf: original,
      replayImage: 'original',
    })
    expect((await firstOf(log, id)).meta).toMatchObject({ correlationId: 'order-7', causationId: source.id })
    await expect.poll(() => jobs).toMatchObject([{ submissionId: id, attempt: 1 }])
  })

  it('is received for the current image where that is asked for', async () => {
    const { post, log } = await serve()
    const { body } = await post(path(await ended(log, submission)), { image: 'current' })
    expect(await received(log, body['codeSubmissionId'])).toMatchObject({ replayImage: 'current' })
  })

  it('is received once under one Idempotency-Key', async () => {
    const { post, log } = await serve()
    const original = await ended(log, submission)
    const other = await ended(log, submission)
    const before = await appended(log)
    const key = { 'idempotency-key': 'again-1' }
    const first = await post(path(original), {}, key)
    const again = await post(path(original), {}, key)
    expect(again.body).toStrictEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await appended(log)).toBe(before + 1)
    const reused = { status: 422, body: { errors: [{ field: 'Idempotency-Key' }] } }
    expect(await post(path(other), {}, key)).toMatchObject(reused)
    expect(await post(path(original), { image: 'current' }, key)).toMatchObject(reused)
  })
})

describe('given a submission that cannot be replayed', () => {
  it.each(['nonsense', randomUUID()])('answers 404 for %s', async id => {
    const { post } = await serve()
    expect(await post(path(id), {})).toMatchObject({ status: 404, body: { error: 'Code submission not found' } })
  })

  it('answers 404 to another tenant', async () => {
    const { post, log } = await serve()
    expect((await post(path(await ended(log, submission, 'somebody else')), {})).status).toBe(404)
  })

  it('answers 409 and how far it is while it has not ended', async () => {
    const { post, log } = await serve()
    const { body } = await post('/api/submit', { lang: 'python', code: 'x' })
    const id = String(body['codeSubmissionId'])
    expect(await post(path(id), {})).toMatchObject({
      status: 409,
      body: { error: 'The submission is still waiting: it can be replayed when it has ended' },
    })
    await record(log, id, [started(1)])
    expect(await post(path(id), {})).toMatchObject({ status: 409, body: { error: expect.stringContaining('running') } })
  })

  it('answers 409 where its language or its limits are no longer offered, 503 while the language is built', async () => {
    const { post, log } = await serve()
    const cobol = await ended(log, { ...submission, language: 'cobol' })
    expect(await post(path(cobol), {})).toMatchObject({
      status: 409,
      body: { error: 'Language cobol is no longer offered' },
    })
    const large = await ended(log, { ...submission, limits: { ...submission.limits, memoryBytes: 2 ** 50 } })
    expect(await post(path(large), {})).toMatchObject({
      status: 409,
      body: { error: expect.stringContaining('limits.memoryBytes') },
    })
    const go = await ended(log, { ...submission, language: 'go' })
    expect((await post(path(go), {})).status).toBe(503)
  })

  it('answers 422 for a body that says anything else', async () => {
    const { post, log } = await serve()
    const answer = await post(path(await ended(log, submission)), { limits: {} })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'limits' }] } })
    const image = await post(path(await ended(log, submission)), { image: 'any' })
    expect(image.body.errors).toStrictEqual([{ field: 'image', message: 'must be original or current' }])
  })

  it('answers 503 while the log does not answer', async () => {
    const away = { _tag: 'EventLogFault', kind: 'unreachable', message: 'away' } as const
    const { post } = await serve({ log: { readStream: () => TE.left(away) } })
    const answer = await post(path(randomUUID()), {})
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('5')
  })
})
