import { describe, it } from 'vitest'
import type { CompleteAttempt } from './submission-command.ts'
import {
  abandoned,
  cancellationRequested,
  chunk,
  compilation,
  compiled,
  completed,
  completion,
  received,
  started,
  wrote,
} from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const complete = (attempt: number, differences: Partial<CompleteAttempt> = {}): CompleteAttempt => ({
  _tag: 'CompleteAttempt',
  compilation: null,
  chunks: [],
  data: completion(attempt),
  ...differences,
})

const out = chunk('stdout', 0, 'ab')
const more = chunk('stdout', 2, 'c')

describe('given a running attempt', () => {
  it('completes', () => {
    given(received, started(1)).when(complete(1)).emits(completed(1))
  })

  it('completes together with its compilation and its output', () => {
    given(received, started(1))
      .when(complete(1, { compilation: compilation(1), chunks: [out, more], data: completion(1, 3) }))
      .emits(compiled(1), wrote(1, out), wrote(1, more), completed(1, 3))
  })

  it('completes with what remains of its output', () => {
    given(received, started(1), wrote(1, out))
      .when(complete(1, { chunks: [more], data: completion(1, 3) }))
      .emits(wrote(1, more), completed(1, 3))
  })

  it('is not complete while bytes are missing', () => {
    given(received, started(1))
      .when(complete(1, { chunks: [out], data: completion(1, 3) }))
      .refuses({ _tag: 'OutOfOrder', what: 'totals 3+0 of 2+0 bytes' })
  })

  it('does not complete with the compilation of another', () => {
    given(received, started(1))
      .when(complete(1, { compilation: compilation(2) }))
      .refuses({ _tag: 'OutOfOrder', what: 'compilation of another attempt' })
  })

  it('completes although its cancellation was asked for too late', () => {
    given(received, started(1), cancellationRequested).when(complete(1)).emits(completed(1))
  })
})

describe('given an attempt that runs no more', () => {
  it('a late result changes nothing', () => {
    given(received, started(1), abandoned(1), started(2))
      .when(complete(1))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: 2 })
  })

  it('a second result changes nothing', () => {
    given(received, started(1), completed(1)).when(complete(1)).refuses({ _tag: 'AlreadyEnded', status: 'completed' })
  })
})
