import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { UsedSystem } from './use-system.ts'

/** What cannot be asked for is refused, and says which and why. */
export const badQuestions = (system: UsedSystem): void => {
  const unknown = '0192d4c8-5a7e-7c3b-9f10-6a1b2c3d4e5f'

  describe('a question that cannot be answered', () => {
    it('about a projection that is not there is refused', async () => {
      expect(await system().client.post('/api/admin/projections/nothing/rebuild', {})).toMatchObject({
        status: 404,
        body: { error: 'There is no projection nothing' },
      })
    })

    it('with a cursor of another log, or with one that is none, is refused', async () => {
      const { client, url } = system()
      const first = (await (await fetch(`${url}/api/audit/commits?limit=1`)).text()).split('\n')[0] ?? ''
      const bytes = Buffer.from(String(JSON.parse(first)['cursor']), 'base64url')
      const foreign = Buffer.concat([Buffer.from(randomUUID().replaceAll('-', ''), 'hex'), bytes.subarray(16)])
      const because = async (after: string) => {
        const { status, body } = await client.get(`/api/audit/commits?after=${after}`)
        return [status, body['errors']]
      }
      expect(await because(foreign.toString('base64url'))).toEqual([
        422,
        [{ field: 'after', message: 'is a cursor of another log' }],
      ])
      expect(await because('nonsense')).toEqual([
        422,
        [{ field: 'after', message: 'must be a cursor that this endpoint gave' }],
      ])
      expect(await client.get('/api/submissions?before=nonsense')).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'before' }] },
      })
    })

    it('about a submission nobody sent answers 404, wherever it is asked', async () => {
      const { client } = system()
      const paths = ['result/:id', 'submissions/:id/events', 'submissions/:id/replays', 'submissions/:id/stream']
      for (const path of paths) {
        const { status, body } = await client.get(`/api/${path.replace(':id', unknown)}`)
        expect([path, status, body['error']]).toEqual([path, 404, 'Code submission not found'])
      }
      expect(await client.post(`/api/submissions/${unknown}/replay`, {})).toMatchObject({
        status: 404,
        body: { error: 'Code submission not found' },
      })
    })

    it('to replay what still runs is refused, and says that it runs', async () => {
      const { client } = system()
      const id = await client.submit({ lang: 'bash', code: 'sleep 30' })
      expect(await client.post(`/api/submissions/${id}/replay`, {})).toMatchObject({
        status: 409,
        body: { error: expect.stringMatching(/still (waiting|running): it can be replayed when it has ended/) },
      })
      await client.post(`/api/submissions/${id}/cancel`, {})
      expect(await client.resultOf(id)).toMatchObject({ status: 'cancelled' })
    })
  })
}
