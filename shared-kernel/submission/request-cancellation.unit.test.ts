import { describe, it } from 'vitest'
import type { RequestCancellation } from './submission-command.ts'
import { cancellationRequested, cancelled, completed, received, someone, started } from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const cancel: RequestCancellation = { _tag: 'RequestCancellation', ...someone }

describe('given nothing', () => {
  it('there is nothing to cancel', () => {
    given().when(cancel).refuses({ _tag: 'UnknownSubmission' })
  })
})

describe('given a submission that waits', () => {
  it('is cancelled at once', () => {
    given(received).when(cancel).emits(cancellationRequested, cancelled)
  })
})

describe('given a submission that runs', () => {
  it('is asked to stop', () => {
    given(received, started(1)).when(cancel).emits(cancellationRequested)
  })

  it('is asked once', () => {
    given(received, started(1), cancellationRequested).when(cancel).emits()
  })
})

describe('given a submission that has ended', () => {
  it('is not cancelled', () => {
    given(received, started(1), completed(1)).when(cancel).refuses({ _tag: 'AlreadyEnded', status: 'completed' })
  })
})
