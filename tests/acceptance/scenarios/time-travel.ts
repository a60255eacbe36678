import { describe, expect, it } from 'vitest'
import type { UsedSystem } from './use-system.ts'

/** `GET /api/result/:id?version=N` and `?at=<time>` */
export const timeTravel = (system: UsedSystem): void => {
  describe('a result as it was', () => {
    it('is told after each event, and at each time, as a client would have seen it then', async () => {
      const { client } = system()
      const code = 'import time\nprint("one", flush=True)\ntime.sleep(0.3)\nprint("two")'
      const id = await client.submit({ lang: 'python', code })
      const result = await client.resultOf(id)
      const { body } = await client.get(`/api/submissions/${id}/events`)
      const events = body['events'] as ReadonlyArray<{ type: string; version: number; recordedAt: string }>
      const seen = async (query: string) => (await client.get(`/api/result/${id}?${query}`)).body

      expect(await seen('version=1')).toMatchObject({ status: 'pending', phase: 'queued', version: 1 })
      expect(await seen('version=2')).toMatchObject({ status: 'pending', phase: 'running', version: 2 })
      expect(await seen(`version=${events.length}`)).toEqual(result)

      for (const { recordedAt } of events) {
        const { version } = events.findLast(event => event.recordedAt <= recordedAt) ?? { version: 0 }
        expect(await seen(`at=${recordedAt}`)).toEqual(await seen(`version=${version}`))
      }
      const [firstOutput] = events.filter(({ type }) => type === 'OutputChunk')
      expect(await seen(`at=${firstOutput?.recordedAt}`)).toMatchObject({ status: 'pending', phase: 'running' })
    })

    it('cannot be told of a version the stream has not reached, nor of a time before it began', async () => {
      const { client } = system()
      const id = await client.submit({ lang: 'bash', code: 'echo 1' })
      const { version } = await client.resultOf(id)
      const [received] = (await client.get(`/api/submissions/${id}/events`)).body['events'] as [{ recordedAt: string }]
      expect(await client.get(`/api/result/${id}?version=${Number(version) + 1}`)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'version', message: `is beyond the stream, which has ${version} events so far` }] },
      })
      expect(await client.get(`/api/result/${id}?at=2020-01-01T00:00:00.000Z`)).toMatchObject({
        status: 404,
        body: { error: expect.stringContaining(`it was received at ${received.recordedAt}`) },
      })
    })
  })
}
