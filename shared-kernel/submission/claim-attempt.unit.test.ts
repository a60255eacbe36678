import { describe, it } from 'vitest'
import type { ClaimAttempt } from './submission-command.ts'
import {
  abandoned,
  cancellationRequested,
  cancelled,
  completed,
  failed,
  received,
  started,
  worker,
} from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const claim = (supersede: ClaimAttempt['supersede'] = null, maxAttempts = 3): ClaimAttempt => ({
  _tag: 'ClaimAttempt',
  worker,
  supersede,
  maxAttempts,
})

const gone = (attempt: number) => ({ attempt, why: 'worker_lost', detail: 'gone' }) as const

describe('given nothing', () => {
  it('there is nothing to claim', () => {
    given().when(claim()).refuses({ _tag: 'UnknownSubmission' })
  })
})

describe('given a submission that waits', () => {
  it('its first attempt starts', () => {
    given(received).when(claim()).emits(started(1))
  })

  it('its next attempt starts after one that was given up', () => {
    given(received, started(1), abandoned(1)).when(claim()).emits(started(2))
  })

  it('whoever would supersede an attempt that was given up meanwhile just starts the next', () => {
    given(received, started(1), abandoned(1))
      .when(claim(gone(1)))
      .emits(started(2))
  })

  it('fails where faults have spent its budget', () => {
    given(received, started(1), abandoned(1)).when(claim(null, 1)).emits(failed(1))
  })

  it('does not pay for a shutdown', () => {
    given(received, started(1), abandoned(1, 'shutdown')).when(claim(null, 1)).emits(started(2))
  })

  it('starts once whatever the budget says', () => {
    given(received).when(claim(null, 0)).emits(started(1))
  })
})

describe('given a submission that runs', () => {
  const running = given(received, started(1))

  it('is not claimed by another', () => {
    running.when(claim()).refuses({ _tag: 'AlreadyRunning', attempt: 1 })
  })

  it('is taken over in one commit where its attempt is named', () => {
    running.when(claim(gone(1))).emits(abandoned(1), started(2))
  })

  it('is not taken over in the name of another attempt', () => {
    given(received, started(1), abandoned(1), started(2))
      .when(claim(gone(1)))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: 2 })
  })

  it('fails where this was its last attempt', () => {
    running.when(claim(gone(1), 1)).emits(abandoned(1), failed(1))
  })

  it('is cancelled where that was asked', () => {
    given(received, started(1), cancellationRequested)
      .when(claim(gone(1)))
      .emits(abandoned(1), cancelled)
  })
})

describe('given a submission that has ended', () => {
  it.each([
    ['completed', [received, started(1), completed(1)]],
    ['failed', [received, started(1), abandoned(1), failed(1)]],
    ['cancelled', [received, cancellationRequested, cancelled]],
  ] as const)('%s: it never runs again', (status, history) => {
    given(...history)
      .when(claim(gone(1)))
      .refuses({ _tag: 'AlreadyEnded', status })
  })
})
