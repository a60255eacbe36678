import * as E from 'fp-ts/lib/Either.js'
import type { OutputChunk } from '../domain-events/output-chunk.ts'
import { base64Size } from '../types/encoded-bytes.ts'
import type { RecordOutput, SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission } from './submission-state.ts'

type Written = RunningSubmission['written']

/** The chunks as events, each beginning where its stream's record ends, and what is written after them. */
export const outputEvents = (
  { running, written }: RunningSubmission,
  chunks: RecordOutput['chunks'],
): E.Either<SubmissionRefusal, Readonly<{ events: ReadonlyArray<OutputChunk>; written: Written }>> => {
  const ends = { ...written }
  for (const { stream, offset, bytes } of chunks) {
    if (offset !== ends[stream]) {
      return E.left({ _tag: 'OutOfOrder', what: `${stream} at ${offset} where ${ends[stream]} bytes are recorded` })
    }
    ends[stream] += base64Size(bytes)
  }
  return E.right({ events: chunks.map(chunkEvent(running.attempt)), written: ends })
}

const chunkEvent =
  (attempt: number) =>
  (chunk: RecordOutput['chunks'][number]): OutputChunk => ({
    type: 'OutputChunk',
    schema: 1,
    data: { attempt, ...chunk },
  })
