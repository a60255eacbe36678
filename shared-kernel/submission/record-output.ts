import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import type { Decision } from './decision.ts'
import { outputEvents } from './output-events.ts'
import { runningAttempt } from './running-attempt.ts'
import type { RecordOutput } from './submission-command.ts'

export const recordOutput = ({ attempt, chunks }: RecordOutput): Decision =>
  flow(
    runningAttempt(attempt),
    E.flatMap(state => outputEvents(state, chunks)),
    E.map(({ events }) => events),
  )
