import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Served, serve } from '../query-service.fixture.ts'
import { append, completed, newSubmissionId, received, wrote } from '../read-models/result/submission-events.fixture.ts'
import { streamContract } from './get-stream.contract.ts'

const use = async <A>(test: (served: Served) => Promise<A>, maxStreams = 2000): Promise<A> => {
  const served = await serve({ maxStreams })
  try {
    return await test(served)
  } finally {
    await served.close()
  }
}

streamContract('SQLite', use)

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await nextTurn()
}

describe('given many event streams', () => {
  it('keeps 1,000 of them open in one process and sends each its own', () =>
    use(async served => {
      const ids = Array.from({ length: 1000 }, newSubmissionId)
      await Promise.all(ids.map(id => append(served.log, id, [received()])))
      const responses = await Promise.all(ids.map(id => served.get(`/api/submissions/${id}/stream`)))
      expect(served.service.openStreams()).toBe(1000)
      const texts = Promise.all(responses.map(response => response.text()))
      await Promise.all(ids.map(id => append(served.log, id, [wrote({ bytes: id }), completed()])))
      for (const [index, text] of (await texts).entries()) {
        expect(text).toContain(Buffer.from(ids[index] ?? '').toString('base64'))
        expect(text).toContain('\nid: 3\n')
      }
      await until(() => served.service.openStreams() === 0)
    }))

  it('tells one too many to come back, and has room again when a client goes away', () =>
    use(async served => {
      const id = newSubmissionId()
      await append(served.log, id, [received()])
      const leaving = new AbortController()
      const first = await served.get(`/api/submissions/${id}/stream`, { signal: leaving.signal })
      expect(first.status).toBe(200)
      const second = await served.get(`/api/submissions/${id}/stream`)
      expect([second.status, second.headers.get('retry-after')]).toStrictEqual([503, '1'])
      leaving.abort()
      await until(() => served.service.openStreams() === 0)
      const third = await served.get(`/api/submissions/${id}/stream`)
      expect(third.status).toBe(200)
      await append(served.log, id, [completed()])
      await third.text()
    }, 1))
})

describe('given a client that reads nothing', () => {
  it('is dropped, while others get everything', async () => {
    const served = await serve({ streamTiming: { heartbeatMs: 15_000, drainMs: 1500 } })
    try {
      const id = newSubmissionId()
      await append(served.log, id, [received()])
      const { port } = served.server.address() as AddressInfo
      const dropped = Promise.withResolvers<void>()
      const lazy = request({ port, host: '127.0.0.1', path: `/api/submissions/${id}/stream` }, response => {
        response.pause()
        response.on('error', () => dropped.resolve())
        response.on('close', () => dropped.resolve())
      })
      lazy.on('error', () => dropped.resolve())
      lazy.end()
      await until(() => served.service.openStreams() === 1)
      const keen = await served.get(`/api/submissions/${id}/stream`)
      const text = keen.text()
      const bytes = Buffer.alloc(40_000, 'x')
      const perCommit = 50
      const commits = 5
      for (let commit = 0; commit < commits; commit += 1)
        await append(
          served.log,
          id,
          Array.from({ length: perCommit }, (_, index) =>
            wrote({ offset: (commit * perCommit + index) * bytes.length, bytes }),
          ),
        )
      await until(() => served.service.openStreams() === 1)
      await append(served.log, id, [completed()])
      expect((await text).match(/event: OutputChunk/g)).toHaveLength(perCommit * commits)
      lazy.destroy()
      await dropped.promise
    } finally {
      await served.close()
    }
  })
})
