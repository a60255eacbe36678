import { setImmediate as nextTurn } from 'node:timers/promises'
import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { left } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../query-service.fixture.ts'
import {
  append,
  cancelled,
  completed,
  failed,
  newSubmissionId,
  received,
  started,
} from '../read-models/result/submission-events.fixture.ts'

let served: Served
beforeEach(async () => {
  served = await serve()
})
afterEach(() => served.close())

const page = t.type({ submissions: t.array(t.type({ submissionId: t.string })), next: t.union([t.string, t.null]) })

const answered = async (path: string, init?: RequestInit): Promise<{ status: number; body: unknown }> => {
  const response = await served.get(path, init)
  return { status: response.status, body: await response.json() }
}
const pageOf = async (query: string) => {
  const { status, body } = await answered(`/api/submissions${query}`)
  if (status !== 200 || !page.is(body)) throw new Error(`${status} ${JSON.stringify(body)}`)
  return {
    ids: body.submissions.map(({ submissionId }) => submissionId),
    next: body.next,
    submissions: body.submissions,
  }
}
const idsOf = async (query: string) => (await pageOf(query)).ids

const projected = async (): Promise<void> => {
  while (!served.service.health().projections.every(({ lag }) => lag === 0)) await nextTurn()
}

const submitted = async (count: number): Promise<ReadonlyArray<string>> => {
  const ids = Array.from({ length: count }, newSubmissionId)
  for (const id of ids) await append(served.log, id, [received()])
  await projected()
  // Received in the same millisecond, they stand in the order of their ids.
  return ids.toSorted().toReversed()
}

describe('GET /api/submissions', () => {
  it('tells of a completed submission without its source and output', async () => {
    const id = newSubmissionId()
    await append(served.log, id, [received(), started(), completed()])
    await projected()
    const at = '2026-01-02T03:04:05.678Z'
    expect((await answered('/api/submissions')).body).toStrictEqual({
      submissions: [
        {
          submissionId: id,
          status: 'completed',
          outcome: 'success',
          language: 'python',
          replayOf: null,
          receivedAt: at,
          startedAt: at,
          completedAt: at,
          attempt: 1,
          usage: {
            ...{ cpuMs: 12, cpuUserMs: 9, cpuSystemMs: 3, wallMs: 34 },
            ...{ memoryBytes: 5_000_000, memorySource: 'cgroup' },
          },
        },
      ],
      next: null,
    })
  })

  it('pages through all of it, newest first, whatever is received meanwhile', async () => {
    const ids = await submitted(7)
    const first = await pageOf('?limit=3')
    await append(served.log, newSubmissionId(), [received()], '2026-01-02T03:04:05.679Z')
    await projected()
    const second = await pageOf(`?limit=3&before=${first.next}`)
    const third = await pageOf(`?limit=3&before=${second.next}`)
    expect([...first.ids, ...second.ids, ...third.ids]).toStrictEqual(ids)
    expect(third.next).toBeNull()
  })

  it('says that nothing follows a page that is full by chance', async () => {
    await submitted(2)
    expect((await pageOf('?limit=2')).next).toBeNull()
  })

  it('filters by status, language, outcome and time of receipt', async () => {
    const pending = newSubmissionId()
    const ended = newSubmissionId()
    const broken = newSubmissionId()
    const gone = newSubmissionId()
    await append(served.log, pending, [received()])
    await append(served.log, ended, [received({ language: 'c' }), started(), completed('runtime_error')])
    await append(served.log, broken, [received(), failed('no sandbox')])
    await append(served.log, gone, [received(), cancelled('enough')])
    await projected()
    expect(await idsOf('?status=pending')).toStrictEqual([pending])
    expect(await idsOf('?status=cancelled')).toStrictEqual([gone])
    expect(await idsOf('?outcome=runtime_error')).toStrictEqual([ended])
    expect(await idsOf('?outcome=internal_error&status=failed&lang=python')).toStrictEqual([broken])
    expect(await idsOf('?lang=C')).toStrictEqual([ended])
    expect(await idsOf('?lang=python')).toHaveLength(3)
    expect(await idsOf('?from=2026-01-02T03:04:05.678Z')).toHaveLength(4)
    expect(await idsOf('?to=2026-01-02T03:04:05.678Z')).toHaveLength(0)
    expect(await idsOf('?from=2026-01-02T03:04:05.679Z')).toHaveLength(0)
  })

  it('resolves aliases of languages', async () => {
    await submitted(1)
    expect(await idsOf('?lang=PY')).toHaveLength(1)
  })

  it.each([
    ['status=done', 'status'],
    ['lang=', 'lang'],
    ['outcome=great', 'outcome'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['from=yesterday', 'from'],
    ['to=2026-13-01T00:00:00.000Z', 'to'],
    ['before=nonsense', 'before'],
    ['colour=red', 'colour'],
    ['positionToken=nonsense', 'positionToken'],
  ])('refuses %s, and names the field', async (query, field) => {
    const { status, body } = await answered(`/api/submissions?${query}`)
    expect(status).toBe(422)
    expect(body).toMatchObject({ errors: [{ field }] })
  })

  it('refuses the cursor of other filters', async () => {
    await submitted(2)
    const { next } = await pageOf('?limit=1&lang=python')
    expect((await pageOf(`?limit=2&lang=py&before=${next}`)).ids).toHaveLength(1)
    const { status, body } = await answered(`/api/submissions?limit=1&before=${next}`)
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ field: 'before' }] } })
  })

  it('holds whatever was written before the position it is asked with', async () => {
    const id = newSubmissionId()
    const position = await append(served.log, id, [received()])
    const { body } = await answered('/api/submissions', { headers: { 'X-Position': positionToken(position) } })
    expect(body).toMatchObject({ submissions: [{ submissionId: id, status: 'pending' }] })
  })
})

describe('given a store that is gone', () => {
  it('answers 503 and says when to come back', async () => {
    const fault = { _tag: 'ReadModelStoreFault', kind: 'unreachable', message: 'gone' } as const
    const store = (real: ReadModelStore): ReadModelStore => ({
      ...real,
      find: query => (query.by === undefined ? real.find(query) : async () => left(fault)),
    })
    const without = await serve({ store })
    const response = await without.get('/api/submissions')
    expect([response.status, response.headers.get('Retry-After')]).toStrictEqual([503, '1'])
    await without.close()
  })
})
