import { describe, expect, it } from 'vitest'
import { appended } from '../../test-support/records.ts'
import { serve } from '../../test-support/serve.ts'

describe('given an Idempotency-Key', () => {
  const key = { 'idempotency-key': 'order-1' }

  it('answers a repeat with the same submission, queued and recorded once', async () => {
    const { post, log, jobs } = await serve()
    const first = await post('/api/submit', { code: 'x', lang: 'python' }, key)
    const again = await post('/api/submit', { lang: 'python', code: 'x' }, key)
    expect(again.status).toBe(201)
    expect(again.body).toStrictEqual(first.body)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(jobs).toHaveLength(1)
    expect(await appended(log)).toBe(1)
  })

  it('makes one submission of many at once', async () => {
    const { post, log } = await serve()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post('/api/submit', { code: 'x', lang: 'python' }, key)),
    )
    expect(new Set(answers.map(({ status, body }) => `${status} ${body['codeSubmissionId']}`)).size).toBe(1)
    expect(await appended(log)).toBe(1)
  })

  it('refuses another body under the same key', async () => {
    const { post } = await serve()
    await post('/api/submit', { code: 'x', lang: 'python' }, key)
    const other = await post('/api/submit', { code: 'y', lang: 'python' }, key)
    expect(other).toMatchObject({ status: 422, body: { errors: [{ field: 'Idempotency-Key' }] } })
  })

  it('is a submission of its own for each key', async () => {
    const { post } = await serve()
    const one = await post('/api/submit', { code: 'x', lang: 'python' }, key)
    const two = await post('/api/submit', { code: 'x', lang: 'python' }, { 'idempotency-key': 'order-2' })
    expect(one.body['codeSubmissionId']).not.toBe(two.body['codeSubmissionId'])
  })

  it('refuses a key that is too long', async () => {
    const { post } = await serve()
    const { status } = await post('/api/submit', { code: 'x', lang: 'python' }, { 'idempotency-key': 'k'.repeat(256) })
    expect(status).toBe(422)
  })
})
