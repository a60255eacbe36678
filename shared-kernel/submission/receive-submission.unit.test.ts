import { describe, it } from 'vitest'
import type { ReceiveSubmission } from './submission-command.ts'
import { completed, received, started, submission } from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const receive: ReceiveSubmission = { _tag: 'ReceiveSubmission', data: submission }

describe('given nothing', () => {
  it('a submission is received', () => {
    given().when(receive).emits(received)
  })
})

describe('given a submission', () => {
  it.each([
    ['waiting', [received]],
    ['running', [received, started(1)]],
    ['ended', [received, started(1), completed(1)]],
  ])('%s: it is not received again', (_status, history) => {
    given(...history)
      .when(receive)
      .refuses({ _tag: 'AlreadyReceived' })
  })
})
