import { gzipSync } from 'node:zlib'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { readPositionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'
import { serve } from '../../test-support/serve.ts'

const received = async (log: EventLog, id: unknown): Promise<SubmissionReceived['data']> => {
  const known = submissionId.decode(id)
  if (E.isLeft(known)) throw new Error(`no id: ${id}`)
  const events = await log.readStream(submissionStream(known.right), 1)()
  if (E.isLeft(events)) throw new Error(events.left.message)
  expect(events.right).toHaveLength(1)
  const event = events.right[0]?.event
  if (event?.type !== 'SubmissionReceived') throw new Error(`not received: ${event?.type}`)
  return event.data
}

const appended = async (log: EventLog): Promise<number> => {
  const tails = await log.tails()()
  return E.isRight(tails) ? tails.right.reduce((sum, n) => sum + n, 0) : -1
}

describe('given a program', () => {
  it('is accepted in the words of the contract', async () => {
    const { post } = await serve()
    const { status, headers, body } = await post('/api/submit', { code: 'print(1)', lang: 'python' })
    expect(status).toBe(201)
    expect(body).toStrictEqual({
      message: 'Code submission queued successfully',
      codeSubmissionId: expect.stringMatching(/^[0-9a-f-]{14}7/),
      positionToken: expect.any(String),
    })
    expect(headers.get('x-position')).toBe(body['positionToken'])
    expect(headers.get('location')).toBe(`/api/result/${body['codeSubmissionId']}`)
  })

  it('is on the record, byte for byte, before the answer', async () => {
    const { post, log } = await serve()
    const code = "print('it\\'s\\n\"fine\"')\t\u2028\u0000😀\r\n"
    const { body } = await post('/api/submit', { code, lang: 'PY', stdInput: 'a\0b\n' })
    expect(await received(log, body['codeSubmissionId'])).toMatchObject({
      language: 'python',
      requestedLanguage: 'PY',
      form: 'code',
      files: [{ name: 'main.py', content: code, encoding: 'utf8' }],
      entry: 'main.py',
      stdin: { content: 'a\0b\n', encoding: 'utf8' },
      args: [],
    })
  })

  it('is queued', async () => {
    const { post, jobs } = await serve()
    const { body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(jobs).toStrictEqual([{ submissionId: body['codeSubmissionId'], attempt: 1, generation: 0, rank: 1 }])
  })

  it('gets a token for the position at which it stands', async () => {
    const { post, log } = await serve()
    const { body } = await post('/api/submit', { code: 'x', lang: 'python' })
    const position = readPositionToken(String(body['positionToken']))
    if (position === null) throw new Error('no position')
    const commits = await log.readPartition(position.p, position.n - 1, 1)()
    expect(E.isRight(commits) && commits.right[0]?.s).toBe(`submission-${body['codeSubmissionId']}`)
  })

  it('leaves no trace of itself in the log lines', async () => {
    const { post, lines } = await serve({ log: { transact: () => TE.left(fault('unreachable')) } })
    await post('/api/submit', { code: 'my secret', lang: 'python', stdInput: 'my secret' })
    expect(lines).toHaveLength(1)
    expect(lines.join()).not.toContain('secret')
  })
})

describe('given files', () => {
  it('are kept as they were sent, with the entry that was named', async () => {
    const { post, log } = await serve()
    const files = [
      { name: 'src/a.py', content: 'import b' },
      { name: 'src/b.py', content: 'AAEC/w==', encoding: 'base64' },
    ]
    const args = ['$(rm -rf /)', 'a b', '', '\n']
    const { body } = await post('/api/submit', { files, entry: 'src/a.py', lang: 'python', args })
    expect(await received(log, body['codeSubmissionId'])).toMatchObject({
      form: 'files',
      files: [{ ...files[0], encoding: 'utf8' }, files[1]],
      entry: 'src/a.py',
      args,
    })
  })

  it('start from the one that the language names', async () => {
    const { post, log } = await serve()
    const files = ['z.py', 'main.py'].map(name => ({ name, content: '' }))
    const { body } = await post('/api/submit', { files, lang: 'python' })
    expect((await received(log, body['codeSubmissionId'])).entry).toBe('main.py')
  })
})

describe('given limits', () => {
  it('are taken as they are, and the rest from the defaults times the factors, never above the maximum', async () => {
    const { post, log } = await serve()
    const body = { code: 'x', lang: 'java', limits: { wallTimeMs: 60_000 }, compileLimits: { processes: 1 } }
    const data = await received(log, (await post('/api/submit', body)).body['codeSubmissionId'])
    expect(data.limits).toMatchObject({ wallTimeMs: 60_000, cpuTimeMs: 7_500, memoryBytes: 2 ** 30, processes: 64 })
    expect(data.compileLimits).toMatchObject({ processes: 1, cpuTimeMs: 15_000 })
  })
})

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

const fault = (kind: EventLogFault['kind']): EventLogFault => ({ _tag: 'EventLogFault', kind, message: 'because' })

describe('given a log that cannot append', () => {
  it.each([
    ['full', 503],
    ['unreachable', 503],
    ['contended', 503],
    ['too_large', 413],
    ['corrupt', 500],
  ] as const)('%s: answers %i and queues nothing', async (kind, expected) => {
    const { post, jobs } = await serve({ log: { transact: () => TE.left(fault(kind)) } })
    const { status, headers, body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(status).toBe(expected)
    expect(headers.has('retry-after')).toBe(expected === 503)
    expect(JSON.stringify(body)).not.toContain('because')
    expect(jobs).toStrictEqual([])
  })
})

describe('given a queue that does not answer', () => {
  it('accepts the submission all the same', async () => {
    const enqueue = () => TE.left({ _tag: 'QueueUnavailable', message: 'gone' } as const)
    const { post, log, lines } = await serve({ queue: { enqueue } })
    const { status, body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(status).toBe(201)
    expect((await received(log, body['codeSubmissionId'])).language).toBe('python')
    expect(lines.join()).toContain('left to the dispatcher')
  })
})

describe('given a defect', () => {
  it('answers 500 without a word of it, and logs it', async () => {
    const transact = () => {
      throw new Error('inner secret')
    }
    const { post, lines } = await serve({ log: { transact } })
    const { status, body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(status).toBe(500)
    expect(body).toMatchObject({ error: 'Internal server error' })
    expect(JSON.stringify(body)).not.toContain('secret')
    expect(lines.join()).toContain('inner secret')
  })
})

describe('given a language that cannot run now', () => {
  it.each(['go', 'bash'])('%s: answers 503 and when to come back', async lang => {
    const { post, log } = await serve()
    const { status, headers, body } = await post('/api/submit', { code: 'x', lang })
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    expect(body).toMatchObject({ title: 'Service Unavailable', error: expect.stringContaining(lang) })
    expect(await appended(log)).toBe(0)
  })
})

describe('given a body that cannot be read', () => {
  const json = { 'content-type': 'application/json' }
  it.each<[string, number, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ['malformed JSON', 400, '{"code": ', json],
    ['bytes that are not UTF-8', 400, Buffer.from('7b22636f6465223a22ff227d', 'hex'), json],
    ['too many bytes', 413, JSON.stringify({ code: 'x'.repeat(2 * 1024 * 1024), lang: 'python' }), json],
    ['a gzip bomb', 413, gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)), { ...json, 'content-encoding': 'gzip' }],
    ['bytes that are not gzip', 400, 'x', { ...json, 'content-encoding': 'gzip' }],
    ['an unknown content encoding', 415, 'x', { ...json, 'content-encoding': 'zip' }],
    ['another content type', 415, 'code=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', 415, '{}', { 'content-type': 'application/json; charset=utf-16' }],
    ['a million nested arrays', 422, '['.repeat(1_000_000) + ']'.repeat(1_000_000), json],
    ['a number', 422, '5', json],
    ['null', 422, 'null', json],
    ['nothing', 400, '', json],
  ])('%s: answers %i with a problem', async (_name, expected, body, headers) => {
    const { post, log } = await serve()
    const answer = await post('/api/submit', body, headers)
    expect(answer.status).toBe(expected)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ type: 'about:blank', status: expected, error: expect.any(String) })
    expect(await appended(log)).toBe(0)
  })

  it('reads a compressed body within the cap, and a byte order mark', async () => {
    const { post } = await serve()
    const body = gzipSync(`\uFEFF${JSON.stringify({ code: 'x', lang: 'python' })}`)
    expect((await post('/api/submit', body, { 'content-encoding': 'gzip' })).status).toBe(201)
  })
})

describe('given another method or path', () => {
  it('answers 405 and which methods are allowed', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/api/submit`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  })

  it.each(['/nothing', '/api/submissions/%ff/cancel'])('answers 404 at %s', async path => {
    const { post } = await serve()
    expect(await post(path, {})).toMatchObject({ status: 404, body: { title: 'Not Found' } })
  })
})
