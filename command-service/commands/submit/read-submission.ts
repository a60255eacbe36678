import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { Problem } from '@runledger/shared-kernel/http/problem.ts'
import { submissionOfStream, submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Dependencies } from '../../dependencies.ts'
import { anonymous } from '../../http/caller.ts'
import { findLanguage } from './find-language.ts'
import { freshIdentity, type Identity, keyedIdentity } from './identify.ts'
import { readSubmitBody } from './read-submit-body.ts'
import { submissionOf } from './submission-of.ts'
import type { SubmitBody } from './submit-body.ts'

type Edge = Pick<Dependencies, 'catalogue' | 'limits' | 'newId' | 'keyring'>

/** A body, not yet decoded, and the Idempotency-Key it came under; `item` is its place where that key is a batch's. */
export type Asked = Readonly<{ body: unknown; key: string | undefined; item?: number }>

/** A submission as a request asks for it, with the ids it will be known by. */
export type NewSubmission = Readonly<{
  identity: Identity
  data: SubmissionReceived['data']
  /** Others of its tenant come just before it: what its rank in the queue is, the dispatcher alone knows. */
  isLeftToDispatcher?: boolean
}>

/** Everything that can be said against a request before the log is asked. */
export const readSubmission = (edge: Edge): ((asked: Asked) => E.Either<Problem, NewSubmission>) => {
  const readBody = readSubmitBody(edge.limits)
  return asked =>
    pipe(
      E.Do,
      E.bind('body', () => readBody(asked.body)),
      E.bind('identity', ({ body }) => identify(edge, { ...asked, body })),
      E.bind('data', ({ body }) => describe(edge, body)),
      E.map(read => (asked.key === undefined ? { ...read, identity: withKeyReady(edge, read.identity) } : read)),
    )
}

const describe = ({ catalogue, limits }: Edge, body: SubmitBody) =>
  pipe(
    findLanguage(catalogue, body.lang),
    E.flatMap(language => submissionOf(body, language, limits)),
  )

/** Named so that its data key is there already, where one is ready; not before it is known that it can be stored. */
const withKeyReady = ({ keyring, newId }: Pick<Edge, 'keyring' | 'newId'>, identity: Identity): Identity => {
  const stream = keyring.reserved(anonymous.tenant, () => submissionStream(newId() as SubmissionId))
  const submissionId = stream === null ? null : submissionOfStream(stream)
  return submissionId === null ? identity : { ...identity, submissionId }
}

/** The ids of what is asked for: its key's, or new ones. */
export const identify = (
  { newId, keyring: { fingerprint } }: Pick<Edge, 'newId' | 'keyring'>,
  { key, ...asked }: Asked,
): E.Either<Problem, Identity> =>
  key === undefined
    ? E.right(freshIdentity(newId))
    : keyedIdentity({ tenant: anonymous.tenant, key, ...asked, fingerprint })
