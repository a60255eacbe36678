import * as E from 'fp-ts/lib/Either.js'
import { flow } from 'fp-ts/lib/function.js'
import { compilationEvent } from './compilation-event.ts'
import type { Decision } from './decision.ts'
import { runningAttempt } from './running-attempt.ts'
import type { RecordCompilation } from './submission-command.ts'

export const recordCompilation = ({ data }: RecordCompilation): Decision =>
  flow(
    runningAttempt(data.attempt),
    E.flatMap(compilationEvent(data)),
    E.map(event => [event]),
  )
