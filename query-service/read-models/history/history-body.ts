import { outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { naturalNumber } from '@runledger/shared-kernel/types/primitives.ts'
import { usage } from '@runledger/shared-kernel/types/usage.ts'
import * as t from 'io-ts'
import { erasedMark } from '../erased-mark.ts'

export const submissionStatus = t.keyof(
  { pending: null, completed: null, failed: null, cancelled: null },
  'pending, completed, failed or cancelled',
)

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null])

const known = t.strict({
  submissionId: t.string,
  tenant: t.string,
  place: t.string,
  status: submissionStatus,
  outcome: nullable(outcome),
  language: t.string,
  replayOf: nullable(t.string),
  receivedAt: t.string,
  startedAt: nullable(t.string),
  completedAt: nullable(t.string),
  attempt: naturalNumber,
  usage: nullable(usage),
})

/** One line of the history. `place` is where it stands in it: the time of receipt, then the id. */
export const historyBody = t.intersection([known, erasedMark], 'HistoryBody')
export type HistoryBody = t.TypeOf<typeof historyBody>
