import { canonicalJson } from '@runledger/shared-kernel/event-log/canonical-json.ts'
import { uuidV5 } from '@runledger/shared-kernel/event-log/uuid-v5.ts'
import { type Problem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'

export type Identity = Readonly<{ submissionId: SubmissionId; commandId: CommandId }>

/** `item`: which of the submissions sent under this one key, where it is a batch's. `body`: JSON data. */
type Keyed = Readonly<{
  tenant: string
  key: string
  item?: number | undefined
  body: unknown
  /** A keyed digest: the command's id is in the log for ever, and must not tell what the body was. */
  fingerprint: (text: string) => string
}>

/** Namespace of every id that an Idempotency-Key makes; fixed for ever. */
const namespace = '6f0f4c6e-7d0b-5c2a-9a0e-2f6c1d3b8e57'

const keyPattern = /^[\x21-\x7e]{1,255}$/

/** A submission that nobody will send again under the same name. */
export const freshIdentity = (newId: () => string): Identity => ({
  submissionId: newId() as SubmissionId,
  commandId: newId() as CommandId,
})

/** The same key makes the same submission; the same body under it makes the same command, which the log writes once. */
export const keyedIdentity = ({ tenant, key, item, body, fingerprint }: Keyed): E.Either<Problem, Identity> => {
  if (!keyPattern.test(key)) {
    return E.left(unprocessable([{ field: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }]))
  }
  const keyId = uuidV5(uuidV5(namespace, tenant), key)
  const submissionId = item === undefined ? keyId : uuidV5(keyId, String(item))
  return E.right({
    submissionId: submissionId as SubmissionId,
    commandId: uuidV5(submissionId, fingerprint(canonicalJson(body))) as CommandId,
  })
}

export const keyReused: Problem = {
  ...unprocessable([{ field: 'Idempotency-Key', message: 'was used before with another body' }]),
  error: 'The Idempotency-Key was used before with another body',
}
