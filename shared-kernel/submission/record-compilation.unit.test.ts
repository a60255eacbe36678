import { describe, it } from 'vitest'
import type { RecordCompilation } from './submission-command.ts'
import { abandoned, chunk, compilation, compiled, completed, received, started, wrote } from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const record = (attempt: number): RecordCompilation => ({ _tag: 'RecordCompilation', data: compilation(attempt) })

describe('given a running attempt', () => {
  it('its compilation is recorded', () => {
    given(received, started(1)).when(record(1)).emits(compiled(1))
  })

  it('its compilation is recorded once', () => {
    given(received, started(1), compiled(1))
      .when(record(1))
      .refuses({ _tag: 'OutOfOrder', what: 'compilation recorded twice' })
  })

  it('its compilation comes before its output', () => {
    given(received, started(1), wrote(1, chunk('stderr', 0, 'x')))
      .when(record(1))
      .refuses({ _tag: 'OutOfOrder', what: 'compilation after output' })
  })

  it('compiles anew after another attempt did', () => {
    given(received, started(1), compiled(1), abandoned(1), started(2)).when(record(2)).emits(compiled(2))
  })
})

describe('given any other attempt', () => {
  it('a stale one is refused', () => {
    given(received, started(1), abandoned(1), started(2))
      .when(record(1))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: 2 })
  })

  it('one that was given up is refused', () => {
    given(received, started(1), abandoned(1))
      .when(record(1))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: null })
  })

  it('one that has completed is refused', () => {
    given(received, started(1), completed(1)).when(record(1)).refuses({ _tag: 'AlreadyEnded', status: 'completed' })
  })
})
