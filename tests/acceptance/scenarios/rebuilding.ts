import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runProjections } from '../../support/projections-command.ts'
import { type System, shownProjection, untilProjected } from '../../support/system.ts'
import { mixedRuns } from './mixed-runs.ts'
import type { UsedSystem } from './use-system.ts'

const tool = ({ env, root }: System, ...args: ReadonlyArray<string>) => runProjections(args, env, { root })

const statesOf = async (system: System, name: string) =>
  Object.fromEntries((await shownProjection(system, name)).versions.map(({ version, state }) => [version, state]))

/** Clients that go on reading: stops with what they read that was not as it had to be. */
const readOn = (system: System, results: ReadonlyArray<Readonly<Record<string, unknown>>>) => {
  let isReading = true
  const wrong: Array<unknown> = []
  let reads = 0
  const reader = async (): Promise<void> => {
    for (let turn = 0; isReading; turn += 1) {
      const expected = results[turn % results.length]
      const { status, body } = await system.client.get(`/api/result/${expected?.['submissionId']}`)
      reads += 1
      await pause(10)
      if (status !== 200 || body['stdOutput'] !== expected?.['stdOutput']) wrong.push({ status, body })
    }
  }
  const readers = Promise.all([reader(), reader()])
  return async () => {
    isReading = false
    await readers
    return { wrong, reads }
  }
}

/** `/api/admin/projections` and `npm run projections` */
export const rebuilding = (system: UsedSystem): void => {
  describe('a read model that is made anew', () => {
    it('is read as before meanwhile, joined by who asks twice, swapped, rolled back, swapped again and dropped', async () => {
      const { client } = system()
      const results = (await mixedRuns(system())).map(({ result }) => result)
      const stopReading = readOn(system(), results)
      const rebuild = () => client.post('/api/admin/projections/result/rebuild', {})
      expect(await rebuild()).toMatchObject({ status: 202, body: { version: 2, joined: false } })
      expect(await rebuild()).toMatchObject({ status: 202, body: { version: 2, joined: true } })
      await expect.poll(async () => (await shownProjection(system(), 'result')).active, { timeout: 30_000 }).toBe(2)
      expect(await statesOf(system(), 'result')).toEqual({ 1: 'standby', 2: 'live' })

      expect(await client.post('/api/admin/projections/result/rollback', {})).toMatchObject({
        status: 202,
        body: { active: 1 },
      })
      const late = await client.submit({ lang: 'bash', code: 'echo late' })
      expect(await client.resultOf(late)).toMatchObject({ stdOutput: 'late\n' })
      expect(await tool(system(), 'swap', 'result')).toMatchObject({
        status: 0,
        printed: expect.stringContaining('result: version 2 is read'),
      })
      expect(await client.resultOf(late)).toMatchObject({ stdOutput: 'late\n' })
      expect(await tool(system(), 'drop', 'result', '2')).toMatchObject({
        status: 1,
        printed: expect.stringContaining('version 2 is the one that is read'),
      })
      expect(await tool(system(), 'drop', 'result', '1')).toMatchObject({ status: 0 })
      expect(await statesOf(system(), 'result')).toEqual({ 2: 'live' })
      const { wrong, reads } = await stopReading()
      expect(wrong).toEqual([])
      expect(reads).toBeGreaterThan(20)
    })

    it('is made by a command beside the server too, also where it tallies all streams, and listed', async () => {
      expect(await tool(system(), 'rebuild', 'usage')).toMatchObject({
        status: 0,
        printed: expect.stringContaining('usage: version 2 is read'),
      })
      const { status, printed } = await tool(system(), 'list')
      expect(status).toBe(0)
      expect(printed).toMatch(/^usage {2}version 1 {2}standby/m)
      expect(printed).toMatch(/^usage {2}version 2 {2}live/m)
      expect(printed).toMatch(/^result {2}version 2 {2}live/m)
    })

    it('is compared with the log by a command that fails on any difference', async () => {
      await untilProjected(system())
      expect(await tool(system(), 'verify')).toMatchObject({ status: 0 })
      const [run] = await mixedRuns(system())
      const { store, close } = await system().openStores()
      const collection = 'history__v1'
      const history = await store.get(collection, run?.id ?? '')()
      if (history._tag === 'Left' || history.right === null) throw new Error('the line is not there')
      const document = history.right
      const altered = { ...document, body: { ...document.body, outcome: 'accepted' } }
      const put = (each: typeof document) =>
        store.apply(
          [
            { kind: 'delete', collection, id: each.id, expected: 0 },
            { kind: 'put', collection, document: each, expected: 0 },
          ],
          [],
        )()
      await put(altered)
      expect(await tool(system(), 'verify', 'history')).toMatchObject({
        status: 1,
        printed: expect.stringContaining(`${collection} ${run?.id}: has another content`),
      })
      await put(document)
      await close()
    })
  })
}
