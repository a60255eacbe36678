import { describe, it } from 'vitest'
import type { RecordTestCases } from './submission-command.ts'
import {
  abandoned,
  compilation,
  completed,
  completion,
  received,
  started,
  testCase,
  tested,
} from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const record = (attempt: number, ...indexes: ReadonlyArray<number>): RecordTestCases => ({
  _tag: 'RecordTestCases',
  attempt,
  cases: indexes.map(testCase),
})

const summary = (run: number) => ({ ...completion(1), tests: { total: 3, run, passed: run } })

describe('given a running attempt', () => {
  it('its test cases are recorded in order', () => {
    given(received, started(1))
      .when(record(1, 0, 1))
      .emits(tested(1, 0), tested(1, 1))
    given(received, started(1), tested(1, 0)).when(record(1, 1)).emits(tested(1, 1))
  })

  it.each([
    [1, [0]],
    [0, [0, 2]],
    [2, [1]],
  ])('after %i of them, %j are refused: a gap or a repetition', (before, indexes) => {
    const events = [0, 1].slice(0, before).map(index => tested(1, index))
    given(received, started(1), ...events)
      .when(record(1, ...indexes))
      .refuses({ _tag: 'OutOfOrder', what: `test case ${indexes.at(-1)} where ${before} are recorded` })
  })

  it('they begin anew after an attempt that was given up', () => {
    given(received, started(1), tested(1, 0), abandoned(1), started(2)).when(record(2, 0)).emits(tested(2, 0))
  })

  it('no compilation comes behind one', () => {
    given(received, started(1), tested(1, 0))
      .when({ _tag: 'RecordCompilation', data: compilation(1) })
      .refuses({ _tag: 'OutOfOrder', what: 'compilation after a test case' })
  })

  it('the last of them go with the completion, which counts them', () => {
    const done = completed(1)
    given(received, started(1), tested(1, 0))
      .when({ _tag: 'CompleteAttempt', compilation: null, chunks: [], cases: [testCase(1)], data: summary(2) })
      .emits(tested(1, 1), { ...done, data: summary(2) })
  })

  it('a completion that counts others is refused', () => {
    given(received, started(1), tested(1, 0))
      .when({ _tag: 'CompleteAttempt', compilation: null, chunks: [], data: summary(2) })
      .refuses({ _tag: 'OutOfOrder', what: '2 of 1 test cases' })
  })
})

describe('given a stale attempt', () => {
  it('its test cases are refused', () => {
    given(received, started(1), abandoned(1), started(2))
      .when(record(1, 0))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: 2 })
  })
})
