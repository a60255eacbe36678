import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { ExecutionCompleted } from '../domain-events/execution-completed.ts'
import { compilationEvent } from './compilation-event.ts'
import type { Decision } from './decision.ts'
import { outputEvents } from './output-events.ts'
import { outputFileEvents } from './output-file-events.ts'
import { runningAttempt } from './running-attempt.ts'
import type { CompleteAttempt, SubmissionRefusal } from './submission-command.ts'
import type { RunningSubmission } from './submission-state.ts'
import { testCaseEvents } from './test-case-events.ts'

type Events = E.Either<SubmissionRefusal, ReadonlyArray<DomainEvent>>

export const completeAttempt = (command: CompleteAttempt): Decision =>
  flow(
    runningAttempt(command.data.attempt),
    E.flatMap(state =>
      pipe(
        compilation(command, state),
        E.bindTo('compiled'),
        E.bind('tested', () => tests(command, state)),
        E.bind('kept', () => files(command, state)),
        E.bind('ended', () => completion(command, state)),
        E.map(({ compiled, tested, kept, ended }) => [...compiled, ...tested, ...kept, ...ended]),
      ),
    ),
  )

const compilation = ({ compilation }: CompleteAttempt, state: RunningSubmission): Events =>
  compilation === null
    ? E.right([])
    : pipe(
        state,
        compilationEvent(compilation),
        E.map(event => [event]),
      )

const tests = ({ cases = [], data }: CompleteAttempt, state: RunningSubmission): Events =>
  pipe(
    testCaseEvents(state, cases),
    E.filterOrElse(
      events => state.tested + events.length === (data.tests?.run ?? 0),
      (events): SubmissionRefusal => ({
        _tag: 'OutOfOrder',
        what: `${data.tests?.run ?? 0} of ${state.tested + events.length} test cases`,
      }),
    ),
  )

const noFiles = { collected: null, pieces: [] }

const files = ({ files = noFiles }: CompleteAttempt, state: RunningSubmission): Events =>
  pipe(
    outputFileEvents(state, files),
    E.filterOrElse(
      ({ isComplete }) => isComplete,
      (): SubmissionRefusal => ({ _tag: 'OutOfOrder', what: 'an end before that of the files' }),
    ),
    E.map(({ events }) => events),
  )

const completion = ({ chunks, data }: CompleteAttempt, state: RunningSubmission): Events =>
  pipe(
    outputEvents(state, chunks),
    E.filterOrElse(
      ({ written }) => written.stdout === data.output.stdout.bytes && written.stderr === data.output.stderr.bytes,
      ({ written }): SubmissionRefusal => ({
        _tag: 'OutOfOrder',
        what: `totals ${data.output.stdout.bytes}+${data.output.stderr.bytes} of ${written.stdout}+${written.stderr} bytes`,
      }),
    ),
    E.map(({ events }) => [...events, completed(data)]),
  )

const completed = (data: CompleteAttempt['data']): ExecutionCompleted => ({
  type: 'ExecutionCompleted',
  schema: 2,
  data,
})
