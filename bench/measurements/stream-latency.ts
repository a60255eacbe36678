import { serverSentEvents } from '@runledger/tests/support/server-sent-events.ts'
import { percentile } from './statistics.ts'

/** Milliseconds from a program's write to its chunk in a client's hand, over all lines of all runs. */
export type StreamLatency = Readonly<{ lines: number; openStreams: number; p50: number; p95: number }>

const runs = 10
const linesPerRun = 20

// One clock for the program and for whoever reads: both are on this machine.
const clockPrinter = `
import sys, time
for n in range(${linesPerRun}):
    print(time.time() * 1000, flush=True)
    time.sleep(0.09)
`

const submit = async (origin: string, code: string): Promise<string> => {
  const answer = await fetch(`${origin}/api/submit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lang: 'python', code }),
  })
  const { codeSubmissionId } = (await answer.json()) as { codeSubmissionId: string }
  return codeSubmissionId
}

const follow = (origin: string, id: string, signal?: AbortSignal): Promise<Response> =>
  fetch(`${origin}/api/submissions/${id}/stream`, { ...(signal && { signal }) })

const printedIn = (data: Readonly<Record<string, unknown>>): ReadonlyArray<number> => {
  const { bytes } = data['data'] as { bytes: string }
  return Buffer.from(bytes, 'base64').toString('utf8').trimEnd().split('\n').map(Number)
}

const latenciesOf = async (origin: string): Promise<ReadonlyArray<number>> => {
  const latencies: Array<number> = []
  const response = await follow(origin, await submit(origin, clockPrinter))
  for await (const { event, data, at } of serverSentEvents(response))
    if (event === 'OutputChunk') latencies.push(...printedIn(data).map(printed => at - printed))
  return latencies
}

/** Beside `openStreams` other clients who follow a program that says nothing. */
export const measureStreamLatency = async (origin: string, openStreams: number): Promise<StreamLatency> => {
  const leaving = new AbortController()
  const silent = await submit(origin, 'import time; time.sleep(3600)')
  const idle = await Promise.all(Array.from({ length: openStreams }, () => follow(origin, silent, leaving.signal)))
  try {
    if (idle.some(({ status }) => status !== 200)) throw new Error('a stream was not opened')
    const latencies: Array<number> = []
    for (let run = 0; run < runs; run++) latencies.push(...(await latenciesOf(origin)))
    const [p50, p95] = [0.5, 0.95].map(share => percentile(latencies, share))
    return { lines: latencies.length, openStreams, p50: p50 ?? 0, p95: p95 ?? 0 }
  } finally {
    leaving.abort()
    await fetch(`${origin}/api/submissions/${silent}/cancel`, { method: 'POST' })
  }
}
