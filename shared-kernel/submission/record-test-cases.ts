import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import type { Decision } from './decision.ts'
import { runningAttempt } from './running-attempt.ts'
import type { RecordTestCases } from './submission-command.ts'
import { testCaseEvents } from './test-case-events.ts'

export const recordTestCases = ({ attempt, cases }: RecordTestCases): Decision =>
  flow(
    runningAttempt(attempt),
    E.flatMap(state => testCaseEvents(state, cases)),
  )
