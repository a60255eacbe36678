import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { ReadResult } from '../result/read-result.ts'
import type { Result } from '../result/result.ts'
import { type ReplayedOn, replayedOn } from './replayed-on.ts'

type ReplayOf = Readonly<{ of: string; image: ReplayedOn | null }>

/** What a result says of being a replay: of which submission, and on whose image. Null where it is none. */
export const presentReplayOf =
  (read: ReadResult) =>
  async ({ body }: Result): Promise<ReplayOf | null> =>
    body.replayOf === null ? null : { of: body.replayOf, image: await imageOf(read, body.replayOf, body) }

const imageOf = async (read: ReadResult, original: string, replay: Result['body']): Promise<ReplayedOn | null> => {
  if (replay.started === null || !submissionId.is(original)) return null
  const found = await read(original)
  return isLeft(found) || found.right === null ? null : replayedOn(found.right.body, replay)
}
