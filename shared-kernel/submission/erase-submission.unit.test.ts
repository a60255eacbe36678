import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { initialSubmission } from './submission-state.ts'
import { completed, received, started, submission } from './test-support/events.ts'

const { files: _, entry: __, stdin: ___, args: ____, ...known } = submission
const sealed: DomainEvent = { type: 'SubmissionReceived', schema: 2, data: { ...known, sealed: 'sealed' } }
const erased: DomainEvent = { type: 'SubmissionErased', schema: 1, data: { who: 'me', why: 'asked' } }

const erasing = (...events: ReadonlyArray<DomainEvent>) =>
  decide({ _tag: 'EraseSubmission', who: 'me', why: 'asked' })(events.reduce(evolve, initialSubmission))

describe('given an erasure', () => {
  it('is recorded of what has ended', () => {
    expect(erasing(sealed, started(1), completed(1))).toStrictEqual(E.right([erased]))
    const cancelled: DomainEvent = { type: 'SubmissionCancelled', schema: 1, data: { who: 'me', why: '' } }
    expect(erasing(sealed, cancelled)).toStrictEqual(E.right([erased]))
  })

  it('is recorded once', () => {
    expect(erasing(sealed, started(1), completed(1), erased)).toStrictEqual(E.right([]))
  })

  it.each([
    ['nobody knows', [], { _tag: 'UnknownSubmission' }],
    ['waits', [sealed], { _tag: 'NotEnded', phase: 'waiting' }],
    ['runs', [sealed, started(1)], { _tag: 'NotEnded', phase: 'running' }],
    ['was stored in plain', [received, started(1), completed(1)], { _tag: 'StoredInPlain' }],
  ] as const)('is refused of what %s', (_, events, refusal) => {
    expect(erasing(...events)).toStrictEqual(E.left(refusal))
  })

  it('leaves nothing to be told of what was erased', () => {
    const state = [sealed, started(1), completed(1), erased].reduce(evolve, initialSubmission)
    expect(decide({ _tag: 'RequestCancellation', who: 'me', why: '' })(state)).toStrictEqual(
      E.left({ _tag: 'AlreadyEnded', status: 'erased' }),
    )
  })
})
