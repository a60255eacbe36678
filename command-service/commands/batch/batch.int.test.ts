import { describe, expect, it } from 'vitest'
import { appended, received } from '../../test-support/records.ts'
import { serve } from '../../test-support/serve.ts'

const path = '/api/submissions/batch'

const program = (code: string) => ({ lang: 'python', code })

type Item = Readonly<Record<string, unknown>>
const itemsOf = (body: Item): ReadonlyArray<Item> => body['submissions'] as ReadonlyArray<Item>

describe('given a batch', () => {
  it('takes each submission and answers in their order', async () => {
    const { post, log } = await serve()
    const codes = Array.from({ length: 100 }, (_, index) => `print(${index})`)
    const { status, body } = await post(path, { submissions: codes.map(program) })
    expect(status).toBe(201)
    const ids = itemsOf(body).map(({ codeSubmissionId }) => codeSubmissionId)
    expect(new Set(ids).size).toBe(100)
    expect(await appended(log)).toBe(100)
    for (const [index, id] of ids.entries()) {
      expect((await received(log, id)).files[0]?.content).toBe(codes[index])
    }
  })

  it('queues the first, and leaves the rank of the others to the dispatcher', async () => {
    const { post, jobs } = await serve()
    const { body } = await post(path, { submissions: [program('1'), program('2'), program('3')] })
    expect(jobs).toMatchObject([{ submissionId: itemsOf(body)[0]?.['codeSubmissionId'], rank: 1 }])
  })

  it('takes those that can be meant and says of the others what submit would', async () => {
    const { post, log } = await serve()
    const bad = [{ lang: 'cobol', code: 'x' }, { lang: 'python' }, 7, { ...program('x'), limits: { cpuTimeMs: 0 } }]
    const { status, body } = await post(path, { submissions: [program('1'), ...bad, program('2')] })
    expect(status).toBe(201)
    expect(itemsOf(body)).toMatchObject([
      { codeSubmissionId: expect.any(String) },
      { status: 422, error: 'Unknown language', errors: [{ field: 'lang' }] },
      { status: 400, error: 'Code and language are required' },
      { status: 422, errors: [{ field: 'body' }] },
      { status: 422, errors: [{ field: 'limits.cpuTimeMs' }] },
      { codeSubmissionId: expect.any(String) },
    ])
    for (const [index, item] of bad.entries()) {
      expect(itemsOf(body)[index + 1]).toStrictEqual((await post('/api/submit', item)).body)
    }
    expect(await appended(log)).toBe(2)
  })

  it('is stored once under one Idempotency-Key, each item by its place', async () => {
    const { post, log } = await serve()
    const key = { 'idempotency-key': 'order-1' }
    const submissions = [program('x'), program('x')]
    const first = await post(path, { submissions }, key)
    expect((await post(path, { submissions }, key)).body).toStrictEqual(first.body)
    expect(await appended(log)).toBe(2)
    const changed = await post(path, { submissions: [program('x'), program('y')] }, key)
    expect(itemsOf(changed.body)).toMatchObject([
      { codeSubmissionId: itemsOf(first.body)[0]?.['codeSubmissionId'] },
      { status: 422, errors: [{ field: 'Idempotency-Key' }] },
    ])
  })

  it('shares no key with a submission sent by itself', async () => {
    const { post, log } = await serve()
    const key = { 'idempotency-key': 'order-1' }
    await post('/api/submit', program('x'), key)
    await post(path, { submissions: [program('x')] }, key)
    expect(await appended(log)).toBe(2)
  })
})

describe('given a batch that cannot be meant', () => {
  it.each([
    ['without submissions', {}, 'submissions'],
    ['with none', { submissions: [] }, 'submissions'],
    ['with one too many', { submissions: Array(101).fill(program('x')) }, 'submissions'],
    ['that is no list', { submissions: 'x' }, 'submissions'],
    ['with members unknown', { submissions: [program('x')], lang: 'python' }, 'lang'],
  ])('answers 422 to one %s', async (_what, body, field) => {
    const { post, log } = await serve()
    expect(await post(path, body)).toMatchObject({ status: 422, body: { errors: [{ field }] } })
    expect(await appended(log)).toBe(0)
  })

  it('answers 413 to one that is too large', async () => {
    const { post } = await serve({ maxBodyBytes: 1000 })
    expect((await post(path, { submissions: [program('x'.repeat(1000))] })).status).toBe(413)
  })
})
