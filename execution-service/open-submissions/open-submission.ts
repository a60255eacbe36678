import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import { naturalNumber, positiveInteger } from '@runledger/shared-kernel/types/primitives.ts'
import * as t from 'io-ts'

const runningAttempt = t.strict({ attempt: positiveInteger, incarnation: t.string, budgetMs: positiveInteger })

/** A submission without a terminal event. `attempts` counts those ever started; `running` is the last of them, while it runs. */
export const openSubmission = t.strict(
  {
    tenant: t.string,
    language: t.string,
    attempts: naturalNumber,
    running: t.union([t.null, runningAttempt]),
    cancelling: t.boolean,
  },
  'OpenSubmission',
)
export type OpenSubmission = t.TypeOf<typeof openSubmission>

/** An entry of the index: the submission as of `version` of its stream. */
export const openEntry = t.strict({ id: submissionId, version: positiveInteger, body: openSubmission }, 'OpenEntry')
export type OpenEntry = t.TypeOf<typeof openEntry>
