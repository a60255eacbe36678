import * as E from 'fp-ts/lib/Either.js'
import { type DockerFault, dockerFault } from './docker-fault.ts'

const statusOf = (cause: unknown): number | null =>
  typeof cause === 'object' && cause !== null && 'statusCode' in cause && typeof cause.statusCode === 'number'
    ? cause.statusCode
    : null

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message.trim() : String(cause))

const answered = (what: string, cause: unknown): DockerFault => {
  const status = statusOf(cause)
  const kind = status === null ? 'unreachable' : status === 404 ? 'missing' : 'refused'
  return dockerFault(kind, `${what}: ${messageOf(cause)}`)
}

/** Makes one call of the daemon within a deadline: a daemon that hangs must never hang its caller. */
export const callDocker = async <Answer>(
  what: string,
  timeoutMs: number,
  call: (abortSignal: AbortSignal) => Promise<Answer>,
): Promise<E.Either<DockerFault, Answer>> => {
  const deadline = new AbortController()
  const passed = Promise.withResolvers<E.Either<DockerFault, Answer>>()
  const timer = setTimeout(() => {
    passed.resolve(E.left(dockerFault('timeout', `${what}: no answer within ${timeoutMs} ms`)))
    deadline.abort()
  }, timeoutMs)
  const answer = call(deadline.signal).then(E.right, (cause: unknown) => E.left(answered(what, cause)))
  return Promise.race([answer, passed.promise]).finally(() => clearTimeout(timer))
}
