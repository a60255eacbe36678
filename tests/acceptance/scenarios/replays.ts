import { describe, expect, it } from 'vitest'
import { runReplays } from '../../support/run-replays.ts'
import { untilProjected } from '../../support/system.ts'
import { type Kind, mixedRuns } from './mixed-runs.ts'
import type { UsedSystem } from './use-system.ts'

/** `POST /api/submissions/:id/replay`, `GET /api/submissions/:id/replays` and `npm run replay` */
export const replays = (system: UsedSystem): void => {
  const replayOf = async (id: string) => {
    const { client } = system()
    const answer = await client.post(`/api/submissions/${id}/replay`, {})
    expect(answer).toMatchObject({ status: 201, body: { replayOf: id } })
    const result = await client.resultOf(String(answer.body['codeSubmissionId']))
    await untilProjected(system())
    const { body } = await client.get(`/api/submissions/${id}/replays`)
    return { result, replays: body['replays'] as ReadonlyArray<Readonly<Record<string, unknown>>> }
  }
  const some = async (kind: Kind, count: number) =>
    (await mixedRuns(system())).filter(run => run.kind === kind).slice(0, count)

  describe('a replay', () => {
    it('runs the same again on the image of then, linked to what it replays, and is the same', async () => {
      const [original] = await some('python success', 1)
      const { result, replays } = await replayOf(original?.id ?? '')
      expect(result).toMatchObject({ stdOutput: 'a\n', replay: { of: original?.id, image: 'original' } })
      expect(replays).toMatchObject([
        { same: true, outcome: { same: true }, output: { same: true }, image: { same: true } },
      ])
      const events = await system().client.get(`/api/submissions/${result['submissionId']}/events`)
      const original1 = await system().client.get(`/api/submissions/${original?.id}/events`)
      const [received] = events.body['events'] as ReadonlyArray<Record<string, unknown>>
      const told = original1.body['events'] as ReadonlyArray<Record<string, unknown>>
      expect(told.flatMap(({ eventId, commandId }) => [eventId, commandId])).toContain(received?.['causationId'])
      expect(received?.['correlationId']).toBe(told[0]?.['correlationId'])
    })

    it('shows the first byte at which a program printed something else', async () => {
      const { client } = system()
      const id = await client.submit({ lang: 'python', code: 'import time; print("at", time.time_ns())' })
      await client.resultOf(id)
      const { replays } = await replayOf(id)
      expect(replays).toMatchObject([{ same: false, output: { firstDifference: { stream: 'stdout' } } }])
    })

    it('of many tells what changed, and ends with 0 only where nothing did', async () => {
      const { client, url } = system()
      const same = await some('bash success', 2)
      const argv = ['--url', url, ...same.map(({ id }) => id)]
      expect(await runReplays(...argv)).toMatchObject({ status: 0, stdout: expect.stringContaining('2 of 2 replayed') })
      const changing = await client.submit({ lang: 'bash', code: 'date +%s%N' })
      const { receivedAt } = await client.resultOf(changing)
      await untilProjected(system())
      expect(await runReplays('--url', url, '--since', String(receivedAt), '--language', 'bash')).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(new RegExp(`${changing} +stdout at byte \\d+.*\n1 of 1 replayed`)),
      })
    })
  })
}
