import type { OpenResult } from '../result/result.ts'
import { compareResults, type ShownResult } from './compare-results.ts'
import { replayedOn } from './replayed-on.ts'

type Presented = Readonly<Record<string, unknown>>

const isShown = (result: OpenResult): result is ShownResult => result.content !== null

/** A replay beside its original; `same` is null while there is nothing to compare. */
export const presentReplay = (original: OpenResult, replay: OpenResult): Presented => {
  const { submissionId, status, receivedAt, endedAt } = replay.body
  const compared = isShown(original) && isShown(replay) ? compareResults(original, replay) : { same: null }
  return {
    ...{ submissionId, status, receivedAt, completedAt: endedAt },
    ranOn: replayedOn(original.body, replay.body),
    ...compared,
    ...(replay.erased ? { erased: true } : {}),
  }
}

export const presentOriginal = ({ body, erased }: OpenResult): Presented => ({
  submissionId: body.submissionId,
  status: body.status,
  outcome: body.verdict?.outcome ?? null,
  language: {
    name: body.language,
    version: body.started?.languageVersion ?? null,
    image: body.started?.imageDigest ?? null,
  },
  receivedAt: body.receivedAt,
  completedAt: body.endedAt,
  ...(erased ? { erased } : {}),
})
