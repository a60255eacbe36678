import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import { readPositionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { inMemoryKeyring } from '@runledger/shared-kernel/sealing/in-memory/in-memory-keyring.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { appended, received } from '../../test-support/records.ts'
import { serve } from '../../test-support/serve.ts'

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

  it('keeps the compiler options it asks for', async () => {
    const { post, log } = await serve()
    const { body } = await post('/api/submit', { code: 'x', lang: 'java', compileArgs: ['-Xlint', '-g'] })
    expect(await received(log, body['codeSubmissionId'])).toMatchObject({ compileArgs: ['-Xlint', '-g'] })
  })

  it.each([
    ['java', ['-g', '@options'], 'compileArgs[1]', '@options is no option that java allows: it allows -g -Xlint'],
    ['python', ['-g'], 'compileArgs[0]', '-g is no option that python allows: it allows none'],
  ])('is refused with a compiler option that %s does not allow', async (lang, compileArgs, field, message) => {
    const { post, log } = await serve()
    const { status, body } = await post('/api/submit', { code: 'x', lang, compileArgs })
    expect({ status, errors: body['errors'] }).toStrictEqual({ status: 422, errors: [{ field, message }] })
    expect(await appended(log)).toBe(0)
  })

  it('is named by a data key that lies ready, if it can be stored and no Idempotency-Key names it', async () => {
    const keyring = await inMemoryKeyring()
    const ids: Array<string> = []
    const reserved = () => {
      ids.push(v7())
      return `submission-${ids.at(-1)}`
    }
    const { post, log } = await serve({ keyring: { ...keyring, reserved } })
    const program = { code: 'x', lang: 'python' }
    expect(await post('/api/submit', { ...program, lang: 'no such language' })).toMatchObject({ status: 422 })
    const keyed = await post('/api/submit', program, { 'idempotency-key': 'a-key' })
    expect(keyed.status).toBe(201)
    expect(ids).toStrictEqual([])
    const { body } = await post('/api/submit', program)
    expect(ids).toStrictEqual([body['codeSubmissionId']])
    expect(await received(log, body['codeSubmissionId'])).toMatchObject({ language: 'python' })
  })

  it('is queued', async () => {
    const { post, jobs } = await serve()
    const { body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(jobs).toStrictEqual([{ submissionId: body['codeSubmissionId'], attempt: 1, generation: 0, rank: 1 }])
  })

  it('is left to the dispatcher, which knows its rank, where others wait', async () => {
    const enqueue = () => {
      throw new Error('queued without a rank')
    }
    const { post, lines } = await serve({ queue: { enqueue, counts: () => TE.right({ waiting: 1, active: 9 }) } })
    const { status } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(status).toBe(201)
    expect(lines).toStrictEqual([])
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
    const gone = () => TE.left({ _tag: 'QueueUnavailable', message: 'gone' } as const)
    const { post, log, lines } = await serve({ queue: { enqueue: gone, counts: gone } })
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

describe('given that no worker has said yet what it speaks', () => {
  it('asks to come back, since the language may well be known then', async () => {
    const { post } = await serve({ catalogue: { all: () => [], find: () => null } })
    const { status, headers, body } = await post('/api/submit', { code: 'x', lang: 'python' })
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('5')
    expect(body).toMatchObject({ error: 'No worker has announced its languages yet' })
  })
})
