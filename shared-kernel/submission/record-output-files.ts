import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import type { Decision } from './decision.ts'
import { outputFileEvents } from './output-file-events.ts'
import { runningAttempt } from './running-attempt.ts'
import type { RecordOutputFiles } from './submission-command.ts'

export const recordOutputFiles = (command: RecordOutputFiles): Decision =>
  flow(
    runningAttempt(command.attempt),
    E.flatMap(state => outputFileEvents(state, command)),
    E.map(({ events }) => events),
  )
