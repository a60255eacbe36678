import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { describe, expect, it } from 'vitest'
import type { Served } from '../query-service.fixture.ts'
import {
  append,
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'

type Sent = Readonly<{ event: string; id: number; data: Readonly<Record<string, unknown>> }>

const sentIn = (frame: string): ReadonlyArray<Sent> => {
  const fields = new Map(
    frame.split('\n').map(line => [line.split(': ', 1)[0] ?? '', line.slice(line.indexOf(': ') + 2)]),
  )
  const data = fields.get('data')
  if (data === undefined) return []
  return [{ event: fields.get('event') ?? '', id: Number(fields.get('id')), data: JSON.parse(data) }]
}

async function* sentBy(response: Response): AsyncGenerator<Sent> {
  let text = ''
  for await (const piece of response.body ?? []) {
    text += Buffer.from(piece).toString('utf8')
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) yield* sentIn(frame)
  }
}

const allOf = async (response: Response): Promise<ReadonlyArray<Sent>> => {
  const all: Array<Sent> = []
  for await (const sent of sentBy(response)) all.push(sent)
  return all
}

const writeLong = async (log: EventLog, id: ReturnType<typeof newSubmissionId>, chunks: number): Promise<void> => {
  for (let chunk = 0; chunk < chunks; chunk += 1)
    await append(log, id, [wrote({ offset: chunk, bytes: String(chunk % 10) })])
  await append(log, id, [completed()])
}

/** What whoever follows a submission live is promised, on whatever store the service is served from. */
export const streamContract = (store: string, use: <A>(test: (served: Served) => Promise<A>) => Promise<A>): void => {
  const pathOf = (id: string): string => `/api/submissions/${id}/stream`

  describe(`GET /api/submissions/:id/stream over ${store}`, () => {
    it('sends what has happened, then what happens, each event once and in order, and ends with the terminal one', () =>
      use(async served => {
        const id = newSubmissionId()
        await append(served.log, id, [received()])
        await append(served.log, id, [started()])
        const response = await served.get(pathOf(id))
        expect(response.headers.get('content-type')).toBe('text/event-stream')
        const [sent] = await Promise.all([allOf(response), writeLong(served.log, id, 30)])
        expect(sent.map(event => event.id)).toStrictEqual(Array.from({ length: 33 }, (_, index) => index + 1))
        expect(sent[0]).toMatchObject({ event: 'SubmissionReceived', data: { type: 'SubmissionReceived', version: 1 } })
        expect(sent.at(-1)?.event).toBe('ExecutionCompleted')
        const output = sent
          .filter(({ event }) => event === 'OutputChunk')
          .map(({ data }) => data['data'] as { bytes: string })
        expect(output.map(({ bytes }) => Buffer.from(bytes, 'base64').toString()).join('')).toBe('0123456789'.repeat(3))
      }))

    it('has no seam between what was and what comes, whenever a reader joins', () =>
      use(async served => {
        const id = newSubmissionId()
        await append(served.log, id, [received()])
        const writing = writeLong(served.log, id, 40)
        const readers = Array.from({ length: 20 }, () => served.get(pathOf(id)).then(allOf))
        await writing
        for (const sent of await Promise.all(readers))
          expect(sent.map(event => event.id)).toStrictEqual(Array.from({ length: 42 }, (_, index) => index + 1))
      }))

    it('goes on behind the last event a client has, and tells one that has them all to come no more', () =>
      use(async served => {
        const id = newSubmissionId()
        await append(served.log, id, [received()])
        await append(served.log, id, [started()])
        await append(served.log, id, [wrote({ bytes: '1' }), completed()])
        const resumed = await served.get(pathOf(id), { headers: { 'Last-Event-ID': '2' } })
        expect((await allOf(resumed)).map(event => event.id)).toStrictEqual([3, 4])
        const byQuery = await served.get(`${pathOf(id)}?lastEventId=3`)
        expect((await allOf(byQuery)).map(event => event.id)).toStrictEqual([4])
        expect((await served.get(pathOf(id), { headers: { 'Last-Event-ID': '4' } })).status).toBe(204)
      }))

    it('refuses an event that is not there, one that is none, and a submission nobody has received', () =>
      use(async served => {
        const id = newSubmissionId()
        await append(served.log, id, [received()])
        const refused = async (path: string, lastEventId: string) => {
          const response = await served.get(path, { headers: { 'Last-Event-ID': lastEventId } })
          const { detail } = (await response.json()) as { detail: string }
          return `${response.status} ${detail}`
        }
        expect(await refused(pathOf(id), '9')).toBe('422 Last-Event-ID is beyond the stream: it has no event 9')
        expect(await refused(pathOf(id), 'x')).toBe('422 Last-Event-ID must be a whole number from 0 to 1000000000')
        expect(await refused(pathOf(newSubmissionId()), '9')).toBe('404 Code submission not found')
      }))
  })
}
