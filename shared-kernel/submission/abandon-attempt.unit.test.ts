import { describe, it } from 'vitest'
import type { AbandonReason } from '../domain-events/execution-abandoned.ts'
import type { AbandonAttempt } from './submission-command.ts'
import { abandoned, cancellationRequested, cancelled, failed, received, started } from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const abandon = (attempt: number, maxAttempts = 3, why: AbandonReason = 'worker_lost'): AbandonAttempt => ({
  _tag: 'AbandonAttempt',
  attempt,
  why,
  detail: 'gone',
  maxAttempts,
})

describe('given a running attempt', () => {
  it('is given up, and the submission waits again', () => {
    given(received, started(1)).when(abandon(1)).emits(abandoned(1))
  })

  it('is the last where faults have spent the budget', () => {
    given(received, started(1), abandoned(1), started(2)).when(abandon(2, 2)).emits(abandoned(2), failed(2))
  })

  it.each(['shutdown', 'cancelled', 'sandbox_unavailable'] as const)('is never the last for %s', why => {
    given(received, started(1))
      .when(abandon(1, 1, why))
      .emits(abandoned(1, why))
  })

  it('is the last where a cancellation was asked for', () => {
    given(received, started(1), cancellationRequested).when(abandon(1)).emits(abandoned(1), cancelled)
  })
})

describe('given an attempt that does not run', () => {
  it('cannot be given up', () => {
    given(received).when(abandon(1)).refuses({ _tag: 'StaleAttempt', attempt: 1, current: null })
  })
})
