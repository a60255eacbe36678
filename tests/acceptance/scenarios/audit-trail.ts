import { describe, expect, it } from 'vitest'
import type { UsedSystem } from './use-system.ts'

type Told = Readonly<Record<string, unknown>> &
  Readonly<{ type: string; version: number; data: Record<string, unknown> }>

const eventsOf = async (system: UsedSystem, id: string): Promise<ReadonlyArray<Told>> => {
  const { body } = await system().client.get(`/api/submissions/${id}/events`)
  return body['events'] as ReadonlyArray<Told>
}

const untilRunning = (system: UsedSystem, id: string) =>
  expect
    .poll(async () => (await system().client.get(`/api/result/${id}`)).body['phase'], { timeout: 20_000 })
    .toBe('running')

/** `GET /api/submissions/:id/events` */
export const auditTrail = (system: UsedSystem): void => {
  describe('the audit trail', () => {
    it('tells each event of a run with its place, its times, its cause and its hash', async () => {
      const { client } = system()
      const id = await client.submit({ lang: 'python', code: 'print(input())', stdInput: 'told' })
      const result = await client.resultOf(id)
      const events = await eventsOf(system, id)
      expect(events.map(({ type }) => type)).toEqual([
        'SubmissionReceived',
        'ExecutionStarted',
        'OutputChunk',
        'ExecutionCompleted',
      ])
      for (const [index, event] of events.entries())
        expect(event).toMatchObject({
          version: index + 1,
          partition: events[0]?.['partition'],
          position: expect.any(Number),
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
          occurredAt: expect.stringMatching(/Z$/),
          recordedAt: expect.stringMatching(/Z$/),
          correlationId: events[0]?.['correlationId'],
          causationId: expect.any(String),
          actor: expect.any(String),
        })
      expect(events.at(-1)?.data).toMatchObject({ attempt: 1, outcome: 'success', exitCode: 0 })
      expect(result).toMatchObject({ version: events.length, stdOutput: 'told\n' })
    })

    it('keeps the attempt that was abandoned when its worker was killed, and the one that was made instead', async () => {
      const { client } = system()
      const id = await client.submit({ lang: 'python', code: 'import time; time.sleep(1.5); print("whole")' })
      await untilRunning(system, id)
      await system().killWorker()
      expect(await client.resultOf(id)).toMatchObject({ outcome: 'success', stdOutput: 'whole\n', attempt: 2 })
      const events = await eventsOf(system, id)
      expect(events.map(({ type, data }) => [type, data['attempt']])).toEqual([
        ['SubmissionReceived', undefined],
        ['ExecutionStarted', 1],
        ['ExecutionAbandoned', 1],
        ['ExecutionStarted', 2],
        ['OutputChunk', 2],
        ['ExecutionCompleted', 2],
      ])
      expect(events[2]?.data['why']).toBe('worker_lost')
    })
  })
}
