import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { JournalDependencies } from '../journal/submission-journal.ts'
import { untilAnswered } from '../journal/until-answered.ts'

/** Digest of the image the last attempt of a replayed submission ran on, by its own stream; null where none ever ran. */
export const imageOfReplayed = async (
  { log, ...patience }: JournalDependencies,
  replayed: SubmissionId,
  signal: AbortSignal,
): Promise<string | null> => {
  const history = await untilAnswered(patience)(log.readStream(submissionStream(replayed), 1), signal)
  return E.isLeft(history) ? null : lastImage(history.right)
}

const lastImage = (history: ReadonlyArray<RecordedEvent>): string | null => {
  const started = history.map(({ event }) => event).findLast(({ type }) => type === 'ExecutionStarted')
  return started?.type === 'ExecutionStarted' ? started.data.imageDigest : null
}
