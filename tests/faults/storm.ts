import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClusterClient } from '../support/cluster-client.ts'
import type { Program } from './programs.ts'

/** What a client was told in the end; `ms` from its first try to submit. */
export type Ending = Readonly<{ id: string; ms: number; notFound: number; asExpected: boolean }>

/** A stream of submissions that goes on whatever happens to the system. */
export type Storm = Readonly<{
  /** Ids accepted so far. */
  accepted: () => ReadonlyArray<string>
  /** Resolves once that share of all submissions has been accepted. */
  reached: (share: number) => Promise<void>
  /** Ends with the last result; what has no result then is not among them. */
  over: Promise<ReadonlyArray<Ending>>
}>

// As many as two executors keep up with here: a queue that only grows would hide what a fault costs.
const perSecond = 10
const mostOpen = 40

type Run = Readonly<{ client: ClusterClient; programs: ReadonlyArray<Program>; noteAccepted: (id: string) => void }>

const runOne = async ({ client, noteAccepted }: Run, { body, expected }: Program): Promise<Ending> => {
  const began = performance.now()
  const id = await client.submit(body, randomUUID())
  noteAccepted(id)
  const { body: result, notFound } = await client.resultOf(id)
  const asExpected = result['outcome'] === 'success' && result['stdOutput'] === expected
  return { id, ms: performance.now() - began, notFound, asExpected }
}

const runAll = async (run: Run, signal: AbortSignal): Promise<ReadonlyArray<Ending>> => {
  const open = new Set<Promise<unknown>>()
  const endings: Array<Ending> = []
  for (const program of run.programs) {
    const task = runOne(run, program)
      .then(ending => void endings.push(ending))
      .catch(cause => {
        if (!signal.aborted) throw cause
      })
      .finally(() => open.delete(task))
    open.add(task)
    if (open.size >= mostOpen) await Promise.race(open)
    await delay(1000 / perSecond)
  }
  await Promise.all(open)
  return endings
}

export const startStorm = (client: ClusterClient, programs: ReadonlyArray<Program>, signal: AbortSignal): Storm => {
  const accepted: Array<string> = []
  const marks: Array<Readonly<{ count: number; reach: () => void }>> = []
  const noteAccepted = (id: string): void => {
    accepted.push(id)
    for (const { count, reach } of marks) if (accepted.length >= count) reach()
  }
  const reached = (share: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const count = Math.ceil(share * programs.length)
      if (accepted.length >= count) resolve()
      marks.push({ count, reach: resolve })
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    })
  return { accepted: () => accepted, reached, over: runAll({ client, programs, noteAccepted }, signal) }
}
