import { setImmediate as nextTurn } from 'node:timers/promises'
import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { left } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../query-service.fixture.ts'
import {
  abandoned,
  append,
  cancelled,
  compiled,
  completed,
  failed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'

let served: Served
beforeEach(async () => {
  served = await serve()
})
afterEach(() => served.close())

const ask = async (path: string, init?: RequestInit) => {
  const response = await served.get(path, init)
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return { status: response.status, headers: response.headers, body }
}

// Every step is a turn of the event loop: nothing here waits for a clock.
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await nextTurn()
}
const projected = () => until(() => served.service.health().projections.every(({ lag }) => lag === 0))

describe('GET /api/result/:id', () => {
  it('tells of a pending submission without its source', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    const { status, body } = await ask(`/api/result/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      message: 'Code execution is still pending',
      submissionId: id,
      status: 'pending',
      phase: 'queued',
      lang: 'Py',
      version: 1,
    })
    expect(body).not.toHaveProperty('code')
  })

  it('answers the seed contract for a completed submission', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    await append(served.log, id, [started()])
    await append(served.log, id, [wrote({ bytes: '1\n' }), wrote({ stream: 'stderr', bytes: 'é ' }), completed()])
    await projected()
    const { status, body } = await ask(`/api/result/${id}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      code: 'print(1)',
      lang: 'Py',
      stdInput: 'in',
      stdOutput: '1\n',
      stdError: 'é ',
      status: 'completed',
      submissionId: id,
      phase: 'done',
      outcome: 'success',
      exitCode: 0,
      signal: null,
      compile: null,
      usage: { cpuMs: 12, cpuUserMs: 9, cpuSystemMs: 3, wallMs: 34, memoryBytes: 5_000_000 },
      truncated: { stdout: false, stderr: false },
      encoding: 'utf8',
      language: { name: 'python', version: '3.13.5', image: 'sha256:0' },
      attempt: 1,
      receivedAt: '2026-01-02T03:04:05.678Z',
      startedAt: '2026-01-02T03:04:05.678Z',
      completedAt: '2026-01-02T03:04:05.678Z',
      version: 5,
    })
    expect(body).not.toHaveProperty('error')
    expect(body).not.toHaveProperty('files')
  })

  it('gives back output byte for byte, in base64 where it is not text', async () => {
    const id = newSubmissionId()
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    await append(served.log, id, [received(), started()])
    await append(served.log, id, [
      wrote({ bytes }),
      wrote({ bytes: '\n ', offset: 256 }),
      wrote({ stream: 'stderr', bytes: 'text' }),
      completed(),
    ])
    await projected()
    const { body } = await ask(`/api/result/${id}`)
    expect(body['encoding']).toBe('base64')
    expect(Buffer.from(String(body['stdOutput']), 'base64')).toStrictEqual(Buffer.concat([bytes, Buffer.from('\n ')]))
    expect(Buffer.from(String(body['stdError']), 'base64').toString()).toBe('text')
  })

  it('puts characters together that were cut between chunks', async () => {
    const id = newSubmissionId()
    const smile = Buffer.from('😀')
    await append(served.log, id, [received(), started(), wrote({ bytes: smile.subarray(0, 1) })])
    await append(served.log, id, [wrote({ bytes: smile.subarray(1), offset: 1 }), completed()])
    await projected()
    expect((await ask(`/api/result/${id}`)).body).toMatchObject({ stdOutput: '😀', encoding: 'utf8' })
  })

  it('shows nothing of an attempt that was given up', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received(), started(1), compiled('old'), wrote({ bytes: 'lost' })])
    await append(served.log, id, [abandoned(1), started(2), compiled('new', 2), wrote({ bytes: 'kept', attempt: 2 })])
    await append(served.log, id, [completed('success', 2)])
    await projected()
    expect((await ask(`/api/result/${id}`)).body).toMatchObject({
      stdOutput: 'kept',
      attempt: 2,
      compile: { output: 'new', encoding: 'utf8', exitCode: 0 },
    })
  })

  it('says why a submission failed or was cancelled', async () => {
    const [broken, stopped] = [newSubmissionId(), newSubmissionId()]
    await append(served.log, broken, [received(), started(), abandoned(), failed('no container')])
    await append(served.log, stopped, [received(), cancelled('not needed')])
    await projected()
    expect((await ask(`/api/result/${broken}`)).body).toMatchObject({
      status: 'failed',
      outcome: 'internal_error',
      error: expect.stringContaining('no container'),
      stdOutput: '',
    })
    expect((await ask(`/api/result/${stopped}`)).body).toMatchObject({
      status: 'cancelled',
      outcome: null,
      reason: 'not needed',
      startedAt: null,
    })
  })

  it('gives back files, entry and arguments as they were sent', async () => {
    const id = newSubmissionId()
    const files = [
      { name: 'a.py', content: 'import b', encoding: 'utf8' },
      { name: 'b.bin', content: '/w==', encoding: 'base64' },
    ] as const
    await append(served.log, id, [received({ form: 'files', files, entry: 'a.py', args: ['-x', ''] })])
    await append(served.log, id, [started(), completed()])
    await projected()
    const { body } = await ask(`/api/result/${id}`)
    expect(body).toMatchObject({ files, entry: 'a.py', args: ['-x', ''] })
    expect(body).not.toHaveProperty('code')
  })

  it.each(['nonsense', '%00', newSubmissionId(), newSubmissionId().toUpperCase()])('answers 404 for %s', async id => {
    const { status, headers, body } = await ask(`/api/result/${id}`)
    expect(status).toBe(404)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body).toMatchObject({ error: 'Code submission not found', status: 404 })
  })

  it.each([
    ['wait=-1', 'wait'],
    ['wait=61', 'wait'],
    ['wait=', 'wait'],
    ['wait=1e1', 'wait'],
    ['wait=NaN', 'wait'],
    ['wait=1&wait=2', 'wait'],
    ['positionToken=nonsense', 'positionToken'],
    ['patience=1', 'patience'],
  ])('refuses ?%s by name', async (parameters, field) => {
    const { status, body } = await ask(`/api/result/${newSubmissionId()}?${parameters}`)
    expect(status).toBe(422)
    expect(body['errors']).toStrictEqual([expect.objectContaining({ field })])
  })

  it('refuses a malformed X-Position', async () => {
    const { status, body } = await ask(`/api/result/${newSubmissionId()}`, { headers: { 'X-Position': '?' } })
    expect(status).toBe(422)
    expect(body['errors']).toStrictEqual([expect.objectContaining({ field: 'X-Position' })])
  })

  it('answers 405 to other methods', async () => {
    const { status, headers } = await ask('/api/result/x', { method: 'POST' })
    expect(status).toBe(405)
    expect(headers.get('allow')).toContain('GET')
  })
})

describe('GET /api/result/:id?wait', () => {
  it('answers when the submission ends', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received(), started()])
    const answer = ask(`/api/result/${id}?wait=60`)
    await append(served.log, id, [wrote({ bytes: 'late' }), completed()])
    expect((await answer).body).toMatchObject({ status: 'completed', stdOutput: 'late' })
  })

  it('answers pending when the time is over', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    expect((await ask(`/api/result/${id}?wait=0.01`)).body).toMatchObject({ status: 'pending' })
  })

  it('answers 404 for an unknown id without waiting', async () => {
    expect((await ask(`/api/result/${newSubmissionId()}?wait=60`)).status).toBe(404)
  })

  it('answers what is known when the service stops', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    const answer = ask(`/api/result/${id}?wait=60`)
    await served.service.stop()
    expect((await answer).body).toMatchObject({ status: 'pending' })
  })

  it('frees the seat of a client that went away', async () => {
    const crowded = await serve({ maxWaiting: 1 })
    const id = newSubmissionId()
    await append(crowded.log, id, [received()])
    const leaving = new AbortController()
    const left = crowded.get(`/api/result/${id}?wait=60`, { signal: leaving.signal })
    const refusal = async () => {
      while (true) {
        const response = await crowded.get(`/api/result/${id}?wait=0.001`)
        if (response.status === 503) return response
      }
    }
    const refused = await refusal()
    expect(refused.headers.get('retry-after')).toBe('1')
    leaving.abort()
    await expect(left).rejects.toThrow()
    let status = 503
    while (status === 503) status = (await crowded.get(`/api/result/${id}?wait=0.001`)).status
    expect(status).toBe(200)
    await crowded.close()
  })
})

describe('GET /api/result/:id with a position token', () => {
  it('sees at least what the token speaks of', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received(), started()])
    const position = await append(served.log, id, [completed()])
    const token = positionToken(position)
    expect((await ask(`/api/result/${id}?positionToken=${token}`)).body).toMatchObject({ status: 'completed' })
    expect((await ask(`/api/result/${id}`, { headers: { 'X-Position': token } })).body).toMatchObject({ version: 3 })
  })
})

describe('GET /api/result/:id while a store is away', () => {
  it('is answered from the stream where the read models cannot be asked', async () => {
    const away = left({ _tag: 'ReadModelStoreFault', kind: 'unreachable', message: 'away' } as const)
    const store = (real: ReadModelStore): ReadModelStore => ({ ...real, get: () => async () => away })
    // Nor can it be asked for a comparison.
    const degraded = await serve({ store, leavesDifferences: true })
    const id = newSubmissionId()
    await append(degraded.log, id, [received(), started(), wrote({ bytes: 'kept' }), completed()])
    const response = await degraded.get(`/api/result/${id}`)
    expect(await response.json()).toMatchObject({ status: 'completed', stdOutput: 'kept', version: 4 })
    await degraded.close()
  })

  it('answers 503 and when to come back where the log cannot be asked', async () => {
    await served.log.close()
    const { status, headers, body } = await ask(`/api/result/${newSubmissionId()}`)
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('1')
    expect(body).toMatchObject({ error: 'Results cannot be read now' })
  })
})
