import * as E from 'fp-ts/lib/Either.js'
import { chunkSize } from '../domain-events/chunk-size.ts'
import type { OutputFileChunk } from '../domain-events/output-file-chunk.ts'
import type { OutputFilesCollected } from '../domain-events/output-files-collected.ts'
import { afterChunk, type CollectedSoFar, isComplete } from './collected-so-far.ts'
import type { RecordOutputFiles, SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission } from './submission-state.ts'

type Events = E.Either<
  SubmissionRefusal,
  Readonly<{ events: ReadonlyArray<OutputFilesCollected | OutputFileChunk>; isComplete: boolean }>
>

const outOfOrder = (what: string): Events => E.left({ _tag: 'OutOfOrder', what })

const begun = ({ collected }: RunningSubmission, data: RecordOutputFiles['collected']): CollectedSoFar | null =>
  data === null ? collected : { sizes: data.sizes, bytes: 0 }

const announcement = (attempt: number, data: RecordOutputFiles['collected']): ReadonlyArray<OutputFilesCollected> =>
  data === null ? [] : [{ type: 'OutputFilesCollected', schema: 1, data: { attempt, ...data } }]

/** Files as events: what there is once, then their content without a gap. */
export const outputFileEvents = (
  state: RunningSubmission,
  { collected, pieces }: Pick<RecordOutputFiles, 'collected' | 'pieces'>,
): Events => {
  const { attempt } = state.running
  if (collected !== null && state.collected !== null) return outOfOrder('files where files are recorded')
  let after = begun(state, collected)
  const events = pieces.map(
    (data): OutputFileChunk => ({ type: 'OutputFileChunk', schema: 1, data: { attempt, ...data } }),
  )
  for (const event of events) {
    const { file, offset } = event.data
    const next = after === null ? null : afterChunk(after, { file, offset, size: chunkSize(event) })
    if (next === null) return outOfOrder(`file ${file} at ${offset}`)
    after = next
  }
  return E.right({ events: [...announcement(attempt, collected), ...events], isComplete: isComplete(after) })
}
