import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../query-service.fixture.ts'
import {
  abandoned,
  append,
  completed,
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

const ask = async (path: string) => {
  const response = await served.get(path)
  return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> }
}

describe('GET /api/submissions/:id/events', () => {
  it('tells everything that happened, with the abandoned attempt, where it stands in the log and who caused it', async () => {
    const id = newSubmissionId()
    const first = await append(served.log, id, [received()])
    await append(served.log, id, [started()])
    await append(served.log, id, [abandoned(), started(2)])
    const last = await append(served.log, id, [wrote({ bytes: '1\n', attempt: 2 }), completed('success', 2)])
    const { status, body } = await ask(`/api/submissions/${id}/events`)
    expect(status).toBe(200)
    const events = body['events'] as ReadonlyArray<Readonly<Record<string, unknown>>>
    expect(events.map(({ type, version }) => [type, version])).toStrictEqual([
      ['SubmissionReceived', 1],
      ['ExecutionStarted', 2],
      ['ExecutionAbandoned', 3],
      ['ExecutionStarted', 4],
      ['OutputChunk', 5],
      ['ExecutionCompleted', 6],
    ])
    expect(events[0]).toMatchObject({
      partition: first.p,
      position: first.n,
      actor: 'test',
      correlationId: id,
      schema: 1,
    })
    expect(events[5]).toMatchObject({ position: last.n, data: completed('success', 2).data })
    const [commit] = await served.log
      .readPartition(last.p, last.n - 1, 1)()
      .then(read => ('right' in read ? read.right : []))
    expect(events[5]?.['hash']).toBe(commit?.hash)
    expect(events[4]?.['hash']).toBe(commit?.hash)
    expect(events[0]?.['hash']).not.toBe(commit?.hash)
  })

  it('does not know what was never received, and names a parameter it does not know', async () => {
    expect(await ask(`/api/submissions/${newSubmissionId()}/events`)).toMatchObject({ status: 404 })
    expect(await ask('/api/submissions/x/events')).toMatchObject({ status: 404 })
    expect(await ask(`/api/submissions/${newSubmissionId()}/events?from=2`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'from', message: 'is not a known field' }] },
    })
  })
})

describe('given a submission and its history, GET /api/result/:id', () => {
  it('tells how it stood after each event, as a client would have seen it then', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    await append(served.log, id, [started()])
    await append(served.log, id, [wrote({ bytes: '1\n' }), completed()])
    const at = (version: number) => ask(`/api/result/${id}?version=${version}`)
    expect(await at(1)).toMatchObject({ status: 200, body: { version: 1, status: 'pending', phase: 'queued' } })
    expect(await at(2)).toMatchObject({ status: 200, body: { version: 2, status: 'pending', phase: 'running' } })
    expect(await at(3)).toMatchObject({ status: 200, body: { version: 3, status: 'pending', phase: 'running' } })
    expect(await at(4)).toMatchObject({ body: { version: 4, status: 'completed', stdOutput: '1\n' } })
  })

  it('tells how it stood at a moment: with everything recorded until then', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    const { body: before } = await ask(`/api/submissions/${id}/events`)
    const [first] = before['events'] as ReadonlyArray<{ recordedAt: string }>
    const receivedAt = first?.recordedAt ?? ''
    expect(await ask(`/api/result/${id}?at=${receivedAt}`)).toMatchObject({ status: 200, body: { version: 1 } })
    const earlier = new Date(Date.parse(receivedAt) - 1).toISOString()
    expect(await ask(`/api/result/${id}?at=${earlier}`)).toMatchObject({
      status: 404,
      body: { error: `The submission was not there yet at ${earlier}: it was received at ${receivedAt}` },
    })
  })

  it('refuses a version beyond the stream, a moment that is none, and two moments at once', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received()])
    const refused = async (query: string) => {
      const { status, body } = await ask(`/api/result/${id}?${query}`)
      return { status, detail: body['detail'] }
    }
    const field = (detail: string) => ({ status: 422, detail })
    expect(await refused('version=2')).toStrictEqual(field('version is beyond the stream, which has 1 events so far'))
    expect(await refused('version=0')).toStrictEqual(field('version must be a whole number from 1 to 1000000000'))
    expect(await refused('at=yesterday')).toStrictEqual(field('at must be a time such as 2026-01-02T03:04:05.678Z'))
    expect(await refused('version=1&at=2026-01-01T00:00:00Z')).toStrictEqual(field('at cannot be given with version'))
    expect(await refused('version=1&wait=3')).toStrictEqual(field('wait cannot be given with version'))
    expect(await ask(`/api/result/${newSubmissionId()}?version=1`)).toMatchObject({ status: 404 })
  })
})
