import * as E from 'fp-ts/lib/Either.js'
import type { Decision } from './decision.ts'
import type { ReceiveSubmission } from './submission-command.ts'

export const receiveSubmission =
  ({ data }: ReceiveSubmission): Decision =>
  state =>
    state.status === 'unknown'
      ? E.right([{ type: 'SubmissionReceived', schema: 1, data }])
      : E.left({ _tag: 'AlreadyReceived' })
