import { pause } from '@runledger/shared-kernel/timing/pause.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** Why a question has no answer, in the server's own words where it said any. */
export type Unanswered = string

type Question<A> = Readonly<{ method: 'GET' | 'POST'; path: string; body?: unknown; answer: t.Decoder<unknown, A> }>

export type AskServer = <A>(question: Question<A>) => Promise<E.Either<Unanswered, A>>

const mostTries = 5
const usualPauseMs = 1000

const problem = t.type({ error: t.string })

/** Asks a running Runledger over HTTP. One that is busy is asked again, after as long as it says. */
export const askServer =
  (url: string, signal: AbortSignal): AskServer =>
  async ({ method, path, body, answer }) => {
    const init = { method, signal, ...jsonOf(body) }
    for (let tries = 1; ; tries += 1) {
      const responded = await fetched(new URL(path, url), init)
      if (E.isLeft(responded)) return responded
      const { response, json } = responded.right
      if (response.status !== 503 || tries === mostTries) return read({ path, answer }, response, json)
      await pause(retryAfterMs(response), signal)
    }
  }

const read = <A>(
  { path, answer }: Pick<Question<A>, 'path' | 'answer'>,
  { ok, status }: Response,
  json: unknown,
): E.Either<Unanswered, A> =>
  ok
    ? E.mapLeft(() => `${path} answered something unknown`)(answer.decode(json))
    : E.left(problem.is(json) ? json.error : `${path} answered ${status}`)

const jsonOf = (body: unknown): RequestInit =>
  body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }

const fetched = async (url: URL, init: RequestInit) => {
  try {
    const response = await fetch(url, init)
    return E.right({ response, json: (await response.json()) as unknown })
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.cause ?? cause) : cause
    return E.left(`${url.origin} does not answer: ${reason instanceof Error ? reason.message : String(reason)}`)
  }
}

const retryAfterMs = (response: Response): number =>
  Math.min(30, Number(response.headers.get('retry-after') ?? 0)) * 1000 || usualPauseMs
