import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { defineProjection } from '../../projector/define-projection.ts'
import { handleEvent } from './handle-event.ts'
import { resultBody } from './result-body.ts'

/** What became of each submission: a small document, with program text, input, output, test cases and files as rows beside it. */
export const resultProjection = defineProjection({
  name: 'result',
  version: 1,
  indexes: [],
  rows: [
    { name: 'input', indexes: [] },
    { name: 'output', indexes: [] },
    { name: 'tests', indexes: [] },
    { name: 'announced', indexes: [] },
    { name: 'files', indexes: [] },
  ],
  documentOf: ({ stream }) => submissionOfStream(stream),
  body: resultBody,
  handle: (body, event, id) => handleEvent(id)(body, event),
})
