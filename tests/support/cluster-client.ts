import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster } from './cluster.ts'

/** A client that keeps on trying, as one does over a network: whatever may pass is asked again, for as long as `signal` allows. */
export type ClusterClient = Readonly<{
  /** Answers the id of the submission, however often its answer was lost on the way. */
  submit: (body: object, idempotencyKey: string) => Promise<string>
  /** Waits for the end. A submission that was accepted and is not found is counted, and asked for again. */
  resultOf: (id: string) => Promise<Readonly<{ body: Readonly<Record<string, unknown>>; notFound: number }>>
}>

const pauseMs = 100
const waitSeconds = 5
const requestTimeoutMs = 10_000

type Answer = Readonly<{ status: number; body: Record<string, unknown> }>

type Poll = 'no answer' | 'not found' | 'pending' | Readonly<Record<string, unknown>>

/** Null where there was no answer, or one that says to come again. */
const ask = async (url: string, init: RequestInit, signal: AbortSignal): Promise<Answer | null> => {
  try {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)])
    const response = await fetch(url, { ...init, signal: bounded })
    if (response.status >= 500 || response.status === 429) return null
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  } catch (cause) {
    signal.throwIfAborted()
    if (!(cause instanceof TypeError || cause instanceof SyntaxError || cause instanceof DOMException)) throw cause
    return null
  }
}

/** Speaks to the command service and to the query services in turn. */
export const clusterClient = (
  { command, queries }: Pick<Cluster, 'command' | 'queries'>,
  signal: AbortSignal,
): ClusterClient => {
  let turn = 0
  const queryUrl = (): string => {
    turn += 1
    return queries[turn % queries.length]?.url() ?? ''
  }

  const submit: ClusterClient['submit'] = async (body, idempotencyKey) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    for (;;) {
      const answer = await ask(`${command.url()}/api/submit`, init, signal)
      if (answer?.status === 201) return String(answer.body['codeSubmissionId'])
      if (answer !== null) throw new Error(`submit answered ${answer.status}: ${JSON.stringify(answer.body)}`)
      await delay(pauseMs, undefined, { signal })
    }
  }

  const poll = async (id: string): Promise<Poll> => {
    const answer = await ask(`${queryUrl()}/api/result/${id}?wait=${waitSeconds}`, {}, signal)
    if (answer === null) return 'no answer'
    if (answer.status === 404) return 'not found'
    if (answer.status !== 200) throw new Error(`result answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body['status'] === 'pending' ? 'pending' : answer.body
  }

  const resultOf: ClusterClient['resultOf'] = async id => {
    let notFound = 0
    for (;;) {
      const polled = await poll(id)
      if (typeof polled === 'object') return { body: polled, notFound }
      if (polled === 'not found') notFound += 1
      if (polled !== 'pending') await delay(pauseMs, undefined, { signal })
    }
  }

  return { submit, resultOf }
}
