import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { chunkSize } from '../domain-events/chunk-size.ts'
import { type DomainEvent, domainEvent } from '../domain-events/domain-event.ts'
import { type AbandonReason, abandonReason } from '../domain-events/execution-abandoned.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { SubmissionCommand } from './submission-command.ts'
import { initialSubmission, type SubmissionState } from './submission-state.ts'
import { chunk, compilation, completion, someone, submission, worker } from './test-support/events.ts'

const attempt = fc.integer({ min: 1, max: 4 })
const maxAttempts = fc.integer({ min: -1, max: 4 })
const fault = fc.record({
  attempt,
  why: fc.constantFrom(...(Object.keys(abandonReason.keys) as ReadonlyArray<AbandonReason>)),
  detail: fc.string(),
})
const length = fc.integer({ min: 0, max: 3 })
const chunks = fc.array(
  fc
    .tuple(fc.constantFrom('stdout', 'stderr'), length, length)
    .map(([stream, offset, size]) => chunk(stream, offset, 'x'.repeat(size))),
  { maxLength: 3 },
)

const command: fc.Arbitrary<SubmissionCommand> = fc.oneof(
  fc.constant<SubmissionCommand>({ _tag: 'ReceiveSubmission', data: submission }),
  fc.record({
    _tag: fc.constant('ClaimAttempt'),
    worker: fc.constant(worker),
    supersede: fc.option(fault),
    maxAttempts,
  }),
  attempt.map(n => ({ _tag: 'RecordCompilation', data: compilation(n) }) as const),
  fc.record({ _tag: fc.constant('RecordOutput'), attempt, chunks }),
  fc.record({
    _tag: fc.constant('CompleteAttempt'),
    compilation: fc.option(attempt.map(compilation)),
    chunks,
    data: fc.tuple(attempt, length, length).map(([n, stdout, stderr]) => completion(n, stdout, stderr)),
  }),
  fc
    .tuple(fault, maxAttempts)
    .map(([which, most]) => ({ _tag: 'AbandonAttempt', ...which, maxAttempts: most }) as const),
  fc.constant<SubmissionCommand>({ _tag: 'RequestCancellation', ...someone }),
  attempt.map(n => ({ _tag: 'CompleteAttempt', compilation: null, chunks: [], data: completion(n) }) as const),
)

const commands = fc
  .array(command, { maxLength: 40 })
  .map((rest): ReadonlyArray<SubmissionCommand> => [{ _tag: 'ReceiveSubmission', data: submission }, ...rest])

type Course = Readonly<{ state: SubmissionState; events: ReadonlyArray<DomainEvent> }>

const run = (all: ReadonlyArray<SubmissionCommand>): Course =>
  all.reduce(
    (course: Course, next) => {
      const decided = decide(next)(course.state)
      if (E.isLeft(decided)) return course
      return { state: decided.right.reduce(evolve, course.state), events: [...course.events, ...decided.right] }
    },
    { state: initialSubmission, events: [] },
  )

const terminal = new Set(['ExecutionCompleted', 'ExecutionFailed', 'SubmissionCancelled'])
const ended = new Set(['completed', 'failed', 'cancelled'])

const holds = (property: (course: Course) => void): void => {
  const always = fc.property(commands, all => void property(run(all)))
  void fc.assert(always, { numRuns: 500 })
}

describe('given any course of commands', () => {
  it('every event decided can be stored', () => {
    holds(({ events }) => expect(events.filter(event => !domainEvent.is(event))).toStrictEqual([]))
  })

  it('there is at most one terminal event, the last', () => {
    holds(({ events, state }) => {
      const ends = events.flatMap((event, index) => (terminal.has(event.type) ? [index] : []))
      expect(ends).toStrictEqual(ended.has(state.status) ? [events.length - 1] : [])
    })
  })

  it('the state is the fold of the events alone', () => {
    holds(({ events, state }) => expect(events.reduce(evolve, initialSubmission)).toStrictEqual(state))
  })

  it('every event decided changes the state, but an empty chunk', () => {
    holds(({ events }) => {
      let state = initialSubmission
      for (const event of events) {
        const next = evolve(state, event)
        const isEmptyChunk = event.type === 'OutputChunk' && chunkSize(event) === 0
        if (!isEmptyChunk) expect(next).not.toStrictEqual(state)
        state = next
      }
    })
  })

  it('output is recorded without gaps, per attempt and stream', () => {
    holds(({ events }) => {
      const ends = new Map<string, number>()
      for (const event of events) {
        if (event.type !== 'OutputChunk') continue
        const stream = `${event.data.attempt} ${event.data.stream}`
        expect(event.data.offset).toBe(ends.get(stream) ?? 0)
        ends.set(stream, event.data.offset + chunkSize(event))
      }
    })
  })

  it('attempts are numbered from one, without gaps', () => {
    holds(({ events }) => {
      const attempts = events.flatMap(event => (event.type === 'ExecutionStarted' ? [event.data.attempt] : []))
      expect(attempts).toStrictEqual(attempts.map((_, index) => index + 1))
    })
  })

  it('every end is reached by some course', () => {
    const statuses = fc.sample(commands, { numRuns: 3_000, seed: 1 }).map(all => run(all).state.status)
    expect(new Set(statuses)).toStrictEqual(new Set(['waiting', 'running', 'completed', 'failed', 'cancelled']))
  })
})
