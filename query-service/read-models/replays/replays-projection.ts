import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import * as t from 'io-ts'
import { defineProjection } from '../../projector/define-projection.ts'

/** A replay, and the submission it repeats. How they compare is read from their results. */
const replayBody = t.strict({ original: t.string }, 'ReplayBody')

/** Which submissions repeat which, found by the original. */
export const replaysProjection = defineProjection({
  name: 'replays',
  version: 1,
  indexes: [['original']],
  rows: [],
  documentOf: ({ stream, event }) =>
    event.type === 'SubmissionReceived' && event.data.replayOf !== null ? submissionOfStream(stream) : null,
  body: replayBody,
  handle: (known, { event }) => {
    const original = event.type === 'SubmissionReceived' ? event.data.replayOf : null
    return { body: original === null ? known : { original }, rows: [] }
  },
})
