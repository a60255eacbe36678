import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { defineProjection } from '../../projector/define-projection.ts'
import type { Row } from '../../projector/projection.ts'
import { handleEvent } from './handle-event.ts'
import { historyBody } from './history-body.ts'

// Of each that was erased its stream, so that all of them can be gone through.
const erasedRow = ({ stream, occurredAt }: RecordedEvent): Row => ({
  collection: 'erased',
  id: stream,
  body: { at: occurredAt },
})

/** Submissions in the order they were received. Each set of filters has an index that ends in the place. */
export const historyProjection = defineProjection({
  name: 'history',
  version: 1,
  indexes: [
    ['tenant', 'place'],
    ['tenant', 'status', 'place'],
    ['tenant', 'language', 'place'],
    ['tenant', 'outcome', 'place'],
    ['tenant', 'status', 'language', 'place'],
    ['tenant', 'status', 'outcome', 'place'],
    ['tenant', 'language', 'outcome', 'place'],
    ['tenant', 'status', 'language', 'outcome', 'place'],
  ],
  rows: [{ name: 'erased', indexes: [] }],
  documentOf: ({ stream }) => submissionOfStream(stream),
  body: historyBody,
  handle: (body, event, id) => ({
    body: handleEvent(id, body, event),
    rows: event.event.type === 'SubmissionErased' ? [erasedRow(event)] : [],
  }),
})
