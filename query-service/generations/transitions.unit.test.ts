import { type Either, isLeft, isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { GenerationRecord } from './generation-record.ts'
import {
  beginDropping,
  beginFollowing,
  fail,
  finish,
  firstRecord,
  forget,
  type Refusal,
  rollBack,
  startOwed,
  startRebuild,
  swapForward,
  type Transition,
} from './transitions.ts'

const after = (...transitions: ReadonlyArray<Transition>): GenerationRecord =>
  transitions.reduce((record, transition) => {
    const next = transition(record)
    if (isLeft(next)) throw new Error(next.left.why)
    return next.right
  }, firstRecord(1))

const states = ({ generations }: GenerationRecord) => generations.map(({ number, state }) => `${number} ${state}`)

const whyNot = (answer: Either<Refusal, GenerationRecord>): string | null => (isRight(answer) ? null : answer.left.why)

const built = (number: number): ReadonlyArray<Transition> => [
  startRebuild(1, true),
  beginFollowing(number),
  finish(number),
]

describe('the record of a projection', () => {
  it('reads the new generation once it is finished, and keeps the old one', () => {
    const record = after(...built(2))
    expect(record.active).toBe(2)
    expect(states(record)).toStrictEqual(['1 ready', '2 ready'])
  })

  it('reads on as before where the rebuild was not to swap', () => {
    const record = after(startRebuild(1, false), beginFollowing(2), finish(2))
    expect(record.active).toBe(1)
    expect(swapForward(record)).toMatchObject({ right: { active: 2 } })
  })

  it('can fail until it is read, not after', () => {
    expect(states(after(startRebuild(1, true), beginFollowing(2), fail(2, 'boom')))).toStrictEqual([
      '1 ready',
      '2 failed',
    ])
    expect(whyNot(fail(2, 'boom')(after(...built(2))))).toBe('version 2 is no longer building')
  })

  it('holds one rebuild at a time', () => {
    expect(after(startRebuild(1, true), startRebuild(1, true))).toStrictEqual(after(startRebuild(1, true)))
    expect(states(after(startRebuild(1, true), fail(2, 'boom'), startRebuild(1, true)))).toStrictEqual([
      '1 ready',
      '2 failed',
      '3 building',
    ])
  })

  it('goes back to what was read before, and forward again', () => {
    const record = after(...built(2), ...built(3), rollBack)
    expect(record.active).toBe(2)
    expect(swapForward(record)).toMatchObject({ right: { active: 3 } })
    expect(whyNot(rollBack(after()))).toBe('no version older than 1 was kept')
    expect(whyNot(swapForward(after()))).toBe('no version newer than 1 is ready to be read')
  })

  it('never drops what is read, and never uses a number twice', () => {
    expect(whyNot(beginDropping(1)(after()))).toBe('version 1 is the one that is read')
    expect(whyNot(beginDropping(7)(after()))).toBe('there is no version 7')
    const record = after(startRebuild(1, true), beginDropping(2), forget(2), startRebuild(1, true))
    expect(states(record)).toStrictEqual(['1 ready', '3 building'])
  })

  it('takes no step twice, nor after the generation was dropped', () => {
    const record = after(startRebuild(1, true), beginFollowing(2))
    expect(whyNot(beginFollowing(2)(record))).toBe('version 2 is no longer building')
    expect(whyNot(finish(2)(after(startRebuild(1, true), beginDropping(2))))).toBe('version 2 is no longer following')
  })

  it('owes a rebuild to newer code once, and none to older code', () => {
    expect(states(after(startOwed(2)))).toStrictEqual(['1 ready', '2 building'])
    expect(after(startOwed(2), startOwed(2))).toStrictEqual(after(startOwed(2)))
    const swapped = after(startOwed(2), beginFollowing(2), finish(2))
    expect(startOwed(1)(swapped)).toStrictEqual({ _tag: 'Right', right: swapped })
  })
})
