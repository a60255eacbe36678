import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../query-service.fixture.ts'
import {
  abandoned,
  append,
  compiled,
  completed,
  newSubmissionId,
  received,
  started,
} from '../read-models/result/submission-events.fixture.ts'

let served: Served
beforeEach(async () => {
  served = await serve()
})
afterEach(() => served.close())

const ask = async (path: string): Promise<{ status: number; body: unknown }> => {
  const response = await served.get(path)
  return { status: response.status, body: await response.json() }
}

const twoRuns = async (): Promise<void> => {
  for (const end of ['success', 'runtime_error'] as const) {
    const id = newSubmissionId()
    await append(served.log, id, [received()], '2026-01-02T03:04:05.000Z')
    await append(served.log, id, [started()], '2026-01-02T03:04:06.000Z')
    await append(served.log, id, [abandoned()], '2026-01-02T03:04:07.000Z')
    await append(served.log, id, [started(2)], '2026-01-02T03:04:08.000Z')
    await append(served.log, id, [compiled('', 2), completed(end, 2)], '2026-01-02T03:04:09.000Z')
  }
  while (!served.service.health().projections.every(({ lag }) => lag === 0)) await nextTurn()
}
const day = 'from=2026-01-02T00:00:00.000Z&to=2026-01-03T00:00:00.000Z'

describe('what is tallied over all submissions', () => {
  it('tells outcomes exactly, and times within 2 %, by language and hour', async () => {
    await twoRuns()
    const { body } = await ask(`/api/statistics/languages?${day}`)
    expect(body).toMatchObject({
      statistics: [
        { language: 'python', hour: '2026-01-02T03:00:00.000Z', outcomes: { success: 1, runtime_error: 1 } },
      ],
    })
    const { wallMs, queueMs } = (body as { statistics: [Record<'wallMs' | 'queueMs', { p50: number; p95: number }>] })
      .statistics[0]
    expect(Math.abs(wallMs.p50 - 34)).toBeLessThanOrEqual(0.02 * 34)
    expect(Math.abs(queueMs.p95 - 1000)).toBeLessThanOrEqual(0.02 * 1000)
  })

  it('tells runs and CPU seconds by tenant and day', async () => {
    await twoRuns()
    expect((await ask(`/api/usage?${day}`)).body).toStrictEqual({
      usage: [{ tenant: 'anonymous', day: '2026-01-02', runs: 2, cpuSeconds: 0.048 }],
    })
    expect((await ask('/api/usage?to=2026-01-02T00:00:00.000Z')).body).toStrictEqual({ usage: [] })
  })

  it('tells what workers did, and that a lost one was not seen when its loss was found', async () => {
    await twoRuns()
    const id = newSubmissionId()
    await append(served.log, id, [received(), started()], '2026-01-02T03:04:10.000Z')
    while (!served.service.health().projections.every(({ lag }) => lag === 0)) await nextTurn()
    const worker = { started: 5, completed: 2, abandoned: 2, running: 1, lastSeen: '2026-01-02T03:04:10.000Z' }
    const { body } = await ask('/api/workers/activity')
    expect(body).toStrictEqual({ workers: [{ workerId: 'worker', ...worker }] })
  })

  it.each([
    ['/api/statistics/languages?from=then', 'from'],
    ['/api/statistics/languages?from=2026-01-01T00:00:00.000Z&to=2026-01-09T00:00:00.000Z', 'from'],
    ['/api/usage?from=2026-01-02T00:00:00.000Z&to=2026-01-01T00:00:00.000Z', 'from'],
    ['/api/workers/activity?from=2026-01-02T00:00:00.000Z', 'from'],
  ])('refuses %s, and names the field', async (path, field) => {
    expect(await ask(path)).toMatchObject({ status: 422, body: { errors: [{ field }] } })
  })
})
