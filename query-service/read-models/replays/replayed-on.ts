import type { ResultBody } from '../result/result-body.ts'

export type ReplayedOn = 'original' | 'current'

type Ran = Pick<ResultBody, 'started'>

/** Whether a replay ran on the image that the replayed ran on, or on the one current then; null before it has begun. */
export const replayedOn = (original: Ran, replay: Ran): ReplayedOn | null => {
  if (replay.started === null) return null
  return replay.started.imageDigest === original.started?.imageDigest ? 'original' : 'current'
}
