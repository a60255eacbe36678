import { randomUUID } from 'node:crypto'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { runLogTool } from '../../support/log-tool.ts'
import { runProjections } from '../../support/projections-command.ts'
import { untilProjected } from '../../support/system.ts'
import type { UsedSystem } from './use-system.ts'

/** `POST /api/submissions/:id/erase` */
export const erasure = (system: UsedSystem): void => {
  const marker = `secret-${randomUUID()}`
  const markers = [marker, Buffer.from(marker).toString('base64')]

  const run = async (code: string): Promise<string> => {
    const id = await system().client.submit({ lang: 'bash', code, stdInput: marker, args: [marker] })
    await system().client.resultOf(id)
    await untilProjected(system())
    return id
  }

  const read = async (path: string): Promise<string> => (await fetch(`${system().url}${path}`)).text()

  const everythingOf = (id: string): Promise<ReadonlyArray<string>> =>
    Promise.all([
      read(`/api/result/${id}`),
      read(`/api/result/${id}?version=4`),
      read(`/api/submissions/${id}/events`),
      read(`/api/submissions/${id}/stream`),
      read(`/api/submissions/${id}/replays`),
      read('/api/submissions'),
      read('/api/audit/commits'),
    ])

  const expectSkeleton = async (id: string): Promise<void> => {
    const { body } = await system().client.get(`/api/result/${id}`)
    expect(body).toMatchObject({ erased: true, status: 'completed', outcome: 'success', version: 5 })
    for (const text of await everythingOf(id)) for (const secret of markers) expect(text).not.toContain(secret)
  }

  describe('a submission that is erased', () => {
    it('was never stored in plain, and is a skeleton from then on, wherever it is read', async () => {
      const { client } = system()
      const id = await run(`cat # ${marker}`)
      const result = (await client.get(`/api/result/${id}`)).body
      expect(result).toMatchObject({ code: `cat # ${marker}`, stdInput: marker, stdOutput: marker, args: [marker] })
      const stored = await system().stored()
      expect(stored).toContain(id)
      for (const secret of markers) expect(stored).not.toContain(secret)

      const replay = await client.post(`/api/submissions/${id}/replay`, {})
      const replayId = String(replay.body['codeSubmissionId'])
      await client.resultOf(replayId)
      for (const each of [replayId, id])
        expect(await client.post(`/api/submissions/${each}/erase`, { why: 'asked for' })).toMatchObject({ status: 200 })
      await untilProjected(system())
      await expectSkeleton(id)
      expect((await client.get(`/api/submissions/${id}/replays`)).body).toMatchObject({
        original: { submissionId: id, erased: true },
        replays: [{ submissionId: replayId, erased: true, same: null }],
      })
      expect(await client.post(`/api/submissions/${id}/erase`, {})).toMatchObject({ status: 200 })
      expect(await client.post(`/api/submissions/${id}/replay`, {})).toMatchObject({
        ...{ status: 410, body: { error: 'The submission was erased: there is nothing left to run again' } },
      })
      const rebuilt = await runProjections(['verify', 'result'], system().env, { root: system().root })
      expect(rebuilt).toMatchObject({ status: 0 })
      expect(await runLogTool(system().env, 'verify', '--quiet')).toMatchObject({ status: 0 })
    })

    it('stays erased where a backup brings its key back, from the next start on', async () => {
      const { client } = system()
      const id = await run(`cat # ${marker}`)
      const keys = await system().openKeys()
      const backup = await keys.find(`submission-${id}`)()
      expect(await client.post(`/api/submissions/${id}/erase`, {})).toMatchObject({ status: 200 })
      expect(await keys.find(`submission-${id}`)()).toMatchObject({ right: null })
      await untilProjected(system())
      if (isRight(backup) && backup.right !== null) await keys.add(backup.right)()
      expect(await keys.find(`submission-${id}`)()).toMatchObject({ right: { stream: `submission-${id}` } })
      await system().restartReaders()
      await expect.poll(() => keys.find(`submission-${id}`)(), { timeout: 10_000 }).toMatchObject({ right: null })
      await keys.close()
      await expectSkeleton(id)
    })

    it('has ended: what is unknown or runs is not erased, and it is said why', async () => {
      const { client } = system()
      expect(await client.post(`/api/submissions/${randomUUID()}/erase`, {})).toMatchObject({ status: 404 })
      const id = await client.submit({ lang: 'bash', code: 'sleep 30' })
      expect(await client.post(`/api/submissions/${id}/erase`, {})).toMatchObject({
        ...{ status: 409, body: { error: expect.stringMatching(/still (waiting|running): it can be erased when/) } },
      })
      await client.post(`/api/submissions/${id}/cancel`, {})
      await client.resultOf(id)
      expect(await client.post(`/api/submissions/${id}/erase`, {})).toMatchObject({ status: 200 })
    })
  })
}
