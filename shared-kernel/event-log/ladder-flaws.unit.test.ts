import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ladderFlaws } from './ladder-flaws.ts'

const tea = (...schemas: ReadonlyArray<number>) => schemas.map(schema => ({ type: 'Tea', schema }))

describe('the schemas of an event', () => {
  it.each([
    ['one, and no step', tea(1), tea()],
    ['a step from each older one', tea(4), tea(2, 1, 3)],
    ['two that are current at a time', tea(3, 4), tea(1, 2)],
    ['a current one below a step', tea(1, 3), tea(2)],
  ])('are whole with %s', (_, current, steps) => {
    expect(ladderFlaws(current, steps)).toStrictEqual([])
  })

  it.each([
    ['a gap', tea(4), tea(1, 3), ['Tea@2 is neither current nor upcast']],
    ['no beginning', tea(2), tea(), ['Tea@1 is neither current nor upcast']],
    ['two steps at once', tea(2), tea(1, 1), ['Tea@1 is upcast in several ways']],
    ['a step from a current one', tea(1, 2), tea(1), ['Tea@1 is current, and is upcast']],
    ['a step beyond', tea(1), tea(2), ['Tea@2 is upcast beyond what is current']],
    ['steps of nothing', tea(), tea(1), ['Tea@1 is upcast beyond what is current']],
  ])('are told apart with %s', (_, current, steps, flaws) => {
    expect(ladderFlaws(current, steps)).toStrictEqual(flaws)
  })

  it('have a flaw as soon as any step is missing', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), (highest, at) => {
        const steps = tea(...Array.from({ length: highest - 1 }, (_, i) => i + 1))
        expect(ladderFlaws(tea(highest), steps)).toStrictEqual([])
        expect(ladderFlaws(tea(highest), steps.toSpliced(at % steps.length, 1))).toHaveLength(1)
      }),
    ))
})
