import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import type { RecordOutputFiles } from './submission-command.ts'
import { initialSubmission } from './submission-state.ts'
import {
  abandoned,
  completed,
  completion,
  fileChunk,
  filesCollected,
  received,
  started,
} from './test-support/events.ts'
import { given } from './test-support/scenario.ts'

type Piece = RecordOutputFiles['pieces'][number]

const piece = (file: number, offset: number, text: string): Piece => {
  const { attempt: _, ...data } = fileChunk(1, file, offset, text).data
  return data
}

const announced = (...sizes: ReadonlyArray<number>): NonNullable<RecordOutputFiles['collected']> => {
  const { attempt: _, ...data } = filesCollected(1, ...sizes).data
  return data
}

const record = (collected: RecordOutputFiles['collected'], ...pieces: ReadonlyArray<Piece>): RecordOutputFiles => ({
  _tag: 'RecordOutputFiles',
  attempt: 1,
  collected,
  pieces,
})

const complete = (files?: Pick<RecordOutputFiles, 'collected' | 'pieces'>) => ({
  ...{ _tag: 'CompleteAttempt' as const, compilation: null, chunks: [], data: completion(1) },
  ...(files === undefined ? {} : { files }),
})

const unfinished = { _tag: 'OutOfOrder', what: 'an end before that of the files' } as const

describe('given a running attempt', () => {
  it('its files are recorded: which there are, then their content in order', () => {
    given(received, started(1))
      .when(record(announced(3, 0, 4), piece(0, 0, 'ab'), piece(0, 2, 'c')))
      .emits(filesCollected(1, 3, 0, 4), fileChunk(1, 0, 0, 'ab'), fileChunk(1, 0, 2, 'c'))
    given(received, started(1), filesCollected(1, 3, 0, 4), fileChunk(1, 0, 0, 'abc'))
      .when(record(null, piece(2, 0, 'defg')))
      .emits(fileChunk(1, 2, 0, 'defg'))
  })

  it.each([
    ['a gap', [piece(0, 1, 'bc')]],
    ['a repetition', [piece(0, 0, 'abc'), piece(0, 0, 'abc')]],
    ['more than a file has', [piece(0, 0, 'abcd')]],
    ['a file that is not there', [piece(0, 0, 'abc'), piece(1, 0, 'defg'), piece(2, 0, 'x')]],
    ['a piece of nothing', [piece(0, 0, '')]],
  ])('%s is refused', (_, pieces) => {
    const last = pieces.at(-1)
    given(received, started(1))
      .when(record(announced(3, 4), ...pieces))
      .refuses({ _tag: 'OutOfOrder', what: `file ${last?.file} at ${last?.offset}` })
  })

  it('content of files nobody told of is refused, as are files told of twice', () => {
    given(received, started(1))
      .when(record(null, piece(0, 0, 'x')))
      .refuses({ _tag: 'OutOfOrder', what: 'file 0 at 0' })
    given(received, started(1), filesCollected(1))
      .when(record(announced()))
      .refuses({ _tag: 'OutOfOrder', what: 'files where files are recorded' })
  })

  it('what remains of them goes with the completion, which is refused while a byte is missing', () => {
    const begun = [received, started(1), filesCollected(1, 3), fileChunk(1, 0, 0, 'ab')]
    given(...begun)
      .when(complete({ collected: null, pieces: [piece(0, 2, 'c')] }))
      .emits(fileChunk(1, 0, 2, 'c'), completed(1))
    given(...begun)
      .when(complete())
      .refuses(unfinished)
    given(received, started(1))
      .when(complete({ collected: announced(), pieces: [] }))
      .emits(filesCollected(1), completed(1))
  })

  it('those of an attempt that was given up do not count', () => {
    const again = [received, started(1), filesCollected(1, 3), abandoned(1), started(2)]
    const state = again.reduce(evolve, initialSubmission)
    expect(state).toMatchObject({ status: 'running', collected: null })
    expect(decide({ ...complete(), data: completion(2) })(state)).toMatchObject({ _tag: 'Right' })
    given(...again)
      .when(record(null, piece(0, 0, 'abc')))
      .refuses({ _tag: 'StaleAttempt', attempt: 1, current: 2 })
  })
})
