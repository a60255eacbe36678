import { describe, expect, it } from 'vitest'
import { allServerSentEvents, type SentEvent, serverSentEvents } from '../support/server-sent-events.ts'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()
const follow = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${runledger.process().url}/api/submissions/${id}/stream`, { headers })

const outputOf = (sent: ReadonlyArray<SentEvent>, stream: string): Buffer =>
  Buffer.concat(
    sent
      .filter(({ event }) => event === 'OutputChunk')
      .map(({ data }) => data['data'] as { stream: string; bytes: string })
      .filter(data => data.stream === stream)
      .map(({ bytes }) => Buffer.from(bytes, 'base64')),
  )

// It goes on only when it is answered by nobody: what is seen before its end was seen while it ran.
const slowPrinter = `
import sys, time
for n in range(8):
    sys.stdout.buffer.write(bytes([0xff, 0x00, 0x30 + n, 0x0a])); sys.stdout.flush()
    print("e", n, file=sys.stderr, flush=True)
    time.sleep(0.12)
`

describe('given a program that prints as it goes', () => {
  it('is followed live, byte for byte, and its stream ends with it', async () => {
    const id = await runledger.client().submit({ lang: 'python', code: slowPrinter })
    const sent = await allServerSentEvents(await follow(id))
    expect(sent.map(event => event.id)).toStrictEqual(sent.map((_, index) => index + 1))
    expect(sent[0]?.event).toBe('SubmissionReceived')
    expect(sent.at(-1)?.event).toBe('ExecutionCompleted')
    const bytes = Array.from({ length: 8 }, (_, n) => [0xff, 0x00, 0x30 + n, 0x0a]).flat()
    expect([...outputOf(sent, 'stdout')]).toStrictEqual(bytes)
    expect(outputOf(sent, 'stderr').toString()).toBe(Array.from({ length: 8 }, (_, n) => `e ${n}\n`).join(''))
    const firstOutput = sent.find(({ event }) => event === 'OutputChunk')
    expect((sent.at(-1)?.at ?? 0) - (firstOutput?.at ?? 0)).toBeGreaterThan(500)
    expect(await runledger.client().resultOf(id)).toMatchObject({ version: sent.length, encoding: 'base64' })
  })

  it('is followed on by a client that lost its connection, from the event after its last', async () => {
    const id = await runledger.client().submit({ lang: 'python', code: slowPrinter })
    const before: Array<SentEvent> = []
    for await (const sent of serverSentEvents(await follow(id))) {
      before.push(sent)
      if (sent.event === 'OutputChunk') break
    }
    const last = before.at(-1)?.id ?? 0
    const after = await allServerSentEvents(await follow(id, { 'Last-Event-ID': String(last) }))
    const all = [...before, ...after]
    expect(all.map(event => event.id)).toStrictEqual(all.map((_, index) => index + 1))
    expect(all.at(-1)?.event).toBe('ExecutionCompleted')
    expect((await follow(id, { 'Last-Event-ID': String(all.length) })).status).toBe(204)
  })

  it('is shown afterwards as it stood at each of its events, and each event with its place in the log', async () => {
    const id = await runledger.client().submit({ lang: 'python', code: 'print(1)' })
    const result = await runledger.client().resultOf(id)
    const { body } = await runledger.client().get(`/api/submissions/${id}/events`)
    const events = body['events'] as ReadonlyArray<Readonly<Record<string, unknown>>>
    expect(events.map(({ version }) => version)).toStrictEqual(events.map((_, index) => index + 1))
    for (const event of events)
      expect(event).toMatchObject({
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        partition: events[0]?.['partition'],
      })
    const queued = await runledger.client().get(`/api/result/${id}?version=1`)
    expect(queued.body).toMatchObject({ status: 'pending', phase: 'queued', version: 1 })
    const { body: ended } = await runledger.client().get(`/api/result/${id}?version=${events.length}`)
    expect(ended).toStrictEqual(result)
  })
})
