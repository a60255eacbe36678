import { describe, expect, it } from 'vitest'
import { allServerSentEvents, type SentEvent, serverSentEvents } from '../../support/server-sent-events.ts'
import type { UsedSystem } from './use-system.ts'

const slowPrinter = `
import sys, time
for n in range(6):
    sys.stdout.buffer.write(bytes([0xff, 0x00, 0x30 + n, 0x0a])); sys.stdout.flush()
    time.sleep(0.12)
`

const printed = (sent: ReadonlyArray<SentEvent>): ReadonlyArray<number> =>
  sent
    .filter(({ event }) => event === 'OutputChunk')
    .flatMap(({ data }) => [...Buffer.from((data['data'] as { bytes: string }).bytes, 'base64')])

/** `GET /api/submissions/:id/stream` */
export const liveStream = (system: UsedSystem): void => {
  const follow = (id: string, lastEventId: number | null = null) =>
    fetch(`${system().url}/api/submissions/${id}/stream`, {
      headers: lastEventId === null ? {} : { 'Last-Event-ID': String(lastEventId) },
    })

  describe('a submission that is followed live', () => {
    it('shows its output while it runs, byte for byte, goes on behind the last event seen, and ends with it', async () => {
      const { client } = system()
      const id = await client.submit({ lang: 'python', code: slowPrinter })
      const before: Array<SentEvent> = []
      for await (const sent of serverSentEvents(await follow(id))) {
        before.push(sent)
        if (sent.event === 'OutputChunk') break
      }
      expect((await client.get(`/api/result/${id}`)).body).toMatchObject({ status: 'pending', phase: 'running' })

      const after = await allServerSentEvents(await follow(id, before.at(-1)?.id ?? 0))
      const all = [...before, ...after]
      expect(all.map(event => event.id)).toEqual(all.map((_, index) => index + 1))
      expect(all.at(-1)?.event).toBe('ExecutionCompleted')
      expect(printed(all)).toEqual(Array.from({ length: 6 }, (_, n) => [0xff, 0x00, 0x30 + n, 0x0a]).flat())
      expect((await follow(id, all.length)).status).toBe(204)
      expect(await client.resultOf(id)).toMatchObject({ version: all.length, encoding: 'base64' })
    })
  })
}
