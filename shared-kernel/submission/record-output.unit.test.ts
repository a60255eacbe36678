import { describe, it } from 'vitest'
import type { RecordOutput } from './submission-command.ts'
import { abandoned, chunk, received, started, wrote } from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

const record = (attempt: number, ...chunks: RecordOutput['chunks']): RecordOutput => ({
  _tag: 'RecordOutput',
  attempt,
  chunks,
})

const out = chunk('stdout', 0, 'ab')
const more = chunk('stdout', 2, 'c')
const err = chunk('stderr', 0, 'wxyz')

describe('given a running attempt', () => {
  it('its streams are recorded independently, each from its beginning', () => {
    given(received, started(1))
      .when(record(1, out, err, more))
      .emits(wrote(1, out), wrote(1, err), wrote(1, more))
  })

  it('its output continues where the record ends', () => {
    given(received, started(1), wrote(1, out)).when(record(1, more)).emits(wrote(1, more))
  })

  it('a gap is refused', () => {
    given(received, started(1))
      .when(record(1, more))
      .refuses({ _tag: 'OutOfOrder', what: 'stdout at 2 where 0 bytes are recorded' })
  })

  it('a repetition is refused', () => {
    given(received, started(1), wrote(1, out))
      .when(record(1, out))
      .refuses({ _tag: 'OutOfOrder', what: 'stdout at 0 where 2 bytes are recorded' })
  })

  it('no output is nothing to record', () => {
    given(received, started(1)).when(record(1)).emits()
  })

  it('its output begins anew after another attempt wrote', () => {
    given(received, started(1), wrote(1, out), abandoned(1), started(2)).when(record(2, out)).emits(wrote(2, out))
  })
})

describe('given a stale attempt', () => {
  it('its output is refused', () => {
    given(received, started(1), abandoned(1), started(2))
      .when(record(1, out))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: 2 })
  })
})
