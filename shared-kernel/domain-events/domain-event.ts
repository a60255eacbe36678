import * as t from 'io-ts'
import { cancellationRequested } from './cancellation-requested.ts'
import { compilationCompleted } from './compilation-completed.ts'
import { executionAbandoned } from './execution-abandoned.ts'
import { executionCompleted } from './execution-completed.ts'
import { executionFailed } from './execution-failed.ts'
import { executionStarted } from './execution-started.ts'
import { outputChunk } from './output-chunk.ts'
import { submissionCancelled } from './submission-cancelled.ts'
import { submissionReceived } from './submission-received.ts'

/** Everything that can have happened, each at its newest schema. */
export const domainEvent = t.union(
  [
    submissionReceived,
    executionStarted,
    compilationCompleted,
    outputChunk,
    executionCompleted,
    executionAbandoned,
    executionFailed,
    cancellationRequested,
    submissionCancelled,
  ],
  'DomainEvent',
)
export type DomainEvent = t.TypeOf<typeof domainEvent>
