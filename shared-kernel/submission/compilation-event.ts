import * as E from 'fp-ts/lib/Either.js'
import type { CompilationCompleted } from '../domain-events/compilation-completed.ts'
import type { SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission } from './submission-state.ts'

/** A compilation is recorded once, before any output and any test case of the program it made. */
export const compilationEvent =
  (data: CompilationCompleted['data']) =>
  ({ running, compiled, written, tested }: RunningSubmission): E.Either<SubmissionRefusal, CompilationCompleted> => {
    if (data.attempt !== running.attempt) return outOfOrder('compilation of another attempt')
    if (compiled) return outOfOrder('compilation recorded twice')
    if (written.stdout + written.stderr > 0) return outOfOrder('compilation after output')
    if (tested > 0) return outOfOrder('compilation after a test case')
    return E.right({ type: 'CompilationCompleted', schema: 1, data })
  }

const outOfOrder = (what: string) => E.left({ _tag: 'OutOfOrder' as const, what })
