import * as t from 'io-ts'
import { cancellationRequested } from './cancellation-requested.ts'
import { compilationCompleted, sealedCompilationCompleted } from './compilation-completed.ts'
import { executionAbandoned } from './execution-abandoned.ts'
import { executionCompleted } from './execution-completed.ts'
import { executionFailed } from './execution-failed.ts'
import { executionStarted } from './execution-started.ts'
import { outputChunk, sealedOutputChunk } from './output-chunk.ts'
import { outputFileChunk, sealedOutputFileChunk } from './output-file-chunk.ts'
import { outputFilesCollected, sealedOutputFilesCollected } from './output-files-collected.ts'
import { submissionCancelled } from './submission-cancelled.ts'
import { submissionErased } from './submission-erased.ts'
import { sealedSubmissionReceived, submissionReceived } from './submission-received.ts'
import { sealedTestCaseCompleted, testCaseCompleted } from './test-case-completed.ts'

/**
 * Everything that can have happened, each at its newest schema. What holds content is there twice: in plain, as it is
 * decided, and sealed, as the log keeps it.
 */
export const domainEvent = t.union(
  [
    submissionReceived,
    sealedSubmissionReceived,
    executionStarted,
    compilationCompleted,
    sealedCompilationCompleted,
    outputChunk,
    sealedOutputChunk,
    testCaseCompleted,
    sealedTestCaseCompleted,
    outputFilesCollected,
    sealedOutputFilesCollected,
    outputFileChunk,
    sealedOutputFileChunk,
    executionCompleted,
    executionAbandoned,
    executionFailed,
    cancellationRequested,
    submissionCancelled,
    submissionErased,
  ],
  'DomainEvent',
)
export type DomainEvent = t.TypeOf<typeof domainEvent>
