import type { ReplayImage, SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { evolve } from '@runledger/shared-kernel/submission/evolve.ts'
import { initialSubmission, type SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'

type Source = Readonly<{
  image: ReplayImage
  submissionId: SubmissionId
  tenant: string
  history: ReadonlyArray<RecordedEvent>
}>

export type ReplayRefusal = Readonly<
  { _tag: 'NotKnown' } | { _tag: 'Erased' } | { _tag: 'NotEnded'; phase: 'waiting' | 'running' }
>

/** What a replay receives, and the event that caused it, within the correlation of the replayed. */
type Replay = Readonly<{ data: SubmissionReceived['data']; causationId: string; correlationId: string }>

/** Pure. A submission of another tenant is not known; one that has not ended has nothing yet to be compared with. */
export const replayOf = ({ image, submissionId, tenant, history }: Source): E.Either<ReplayRefusal, Replay> => {
  const first = history[0]
  if (first?.event.type !== 'SubmissionReceived' || first.meta.tenant !== tenant) return E.left({ _tag: 'NotKnown' })
  const { status } = history.reduce<SubmissionState>((state, { event }) => evolve(state, event), initialSubmission)
  if (status === 'waiting' || status === 'running') return E.left({ _tag: 'NotEnded', phase: status })
  if (first.event.schema !== 1) return E.left({ _tag: 'Erased' })
  const data = { ...first.event.data, replayOf: submissionId, replayImage: image }
  return E.right({ data, causationId: first.id, correlationId: first.meta.correlationId })
}
