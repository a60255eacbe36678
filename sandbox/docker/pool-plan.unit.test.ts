import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextStep, type PoolView, type ShelfView, sharePlaces } from './pool-plan.ts'

const shelf = (facts: Partial<ShelfView> = {}): ShelfView => ({
  key: 'python',
  warm: 0,
  starting: 0,
  waiting: 0,
  waitingSince: 0,
  wanted: 2,
  notBefore: 0,
  ...facts,
})

const pool = (shelves: ReadonlyArray<ShelfView>, facts: Partial<PoolView> = {}): PoolView => ({
  shelves,
  now: 1000,
  startsAtOnce: 2,
  total: 0,
  bound: 8,
  busy: false,
  ...facts,
})

describe('given runs that wait', () => {
  it('starts for the one that waits longest', () => {
    const c = shelf({ key: 'c', waiting: 1, waitingSince: 5 })
    const java = shelf({ key: 'java', waiting: 1, waitingSince: 3 })
    expect(nextStep(pool([c, java], { busy: true }))).toEqual({ start: 'java' })
  })

  it('does not start twice for one run', () => {
    expect(nextStep(pool([shelf({ waiting: 1, starting: 1, wanted: 0 })]))).toBeNull()
  })

  it('does not wait for a back-off', () => {
    expect(nextStep(pool([shelf({ waiting: 1, notBefore: 2000 })]))).toEqual({ start: 'python' })
  })

  it('makes room by the most superfluous warm container', () => {
    const java = shelf({ key: 'java', waiting: 1, wanted: 1 })
    const shelves = [shelf({ warm: 2, wanted: 2 }), shelf({ key: 'c', warm: 2, wanted: 1 }), java]
    expect(nextStep(pool(shelves, { total: 8 }))).toEqual({ evict: 'c' })
  })
})

describe('given nobody waits', () => {
  it('fills the emptiest shelf first', () => {
    expect(nextStep(pool([shelf({ warm: 1 }), shelf({ key: 'c' })]))).toEqual({ start: 'c' })
  })

  it('leaves the processors to programs while one is still warm', () => {
    expect(nextStep(pool([shelf({ warm: 1 })], { busy: true }))).toBeNull()
    expect(nextStep(pool([shelf({ warm: 0 })], { busy: true }))).toEqual({ start: 'python' })
  })

  it('gives up what languages used before have over, with some slack', () => {
    const shelves = [shelf({ warm: 2 }), shelf({ key: 'c', warm: 4, wanted: 1 })]
    expect(nextStep(pool(shelves, { total: 6 }))).toEqual({ evict: 'c' })
    expect(nextStep(pool(shelves, { total: 6, busy: true }))).toBeNull()
    expect(nextStep(pool([shelf({ warm: 2 }), shelf({ key: 'c', warm: 3, wanted: 1 })], { total: 5 }))).toBeNull()
  })

  it('backs off after a failure', () => {
    expect(nextStep(pool([shelf({ notBefore: 2000 })]))).toBeNull()
  })

  it('rests when every shelf has what is wanted', () => {
    expect(nextStep(pool([shelf({ warm: 2 })]))).toBeNull()
  })
})

describe('given any pool', () => {
  const anyShelf = fc.record({
    key: fc.constantFrom('python', 'c', 'java'),
    warm: fc.nat(3),
    starting: fc.nat(3),
    waiting: fc.nat(3),
    waitingSince: fc.nat(9),
    wanted: fc.nat(3),
    notBefore: fc.nat(2000),
  })
  const anyPool = fc.record({
    shelves: fc.uniqueArray(anyShelf, { selector: ({ key }) => key }),
    now: fc.constant(1000),
    startsAtOnce: fc.integer({ min: 1, max: 4 }),
    total: fc.nat(10),
    bound: fc.constant(8),
    busy: fc.boolean(),
  })

  it('never starts beyond its bounds, and never leaves a waiting run without reason', async () => {
    await fc.assert(
      fc.property(anyPool, view => {
        const starting = view.shelves.reduce((total, { starting }) => total + starting, 0)
        const step = nextStep(view)
        if (step !== null && 'start' in step) {
          expect(starting).toBeLessThan(view.startsAtOnce)
          expect(view.total).toBeLessThan(view.bound)
        }
        const short = view.shelves.some(({ waiting, starting }) => waiting > starting)
        if (short && starting < view.startsAtOnce && view.total < view.bound) expect(step).toHaveProperty('start')
      }),
    )
  })
})

describe('given places to share', () => {
  it('each language has one before any has two', () => {
    expect([...sharePlaces(['python', 'c', 'java'], 4, 2)]).toEqual([
      ['python', 2],
      ['c', 1],
      ['java', 1],
    ])
  })

  it('those used longest ago go without where places run out', () => {
    expect([...sharePlaces(['python', 'c', 'java'], 2, 2).keys()]).toEqual(['python', 'c'])
  })

  it('none has more than the depth', () => {
    expect([...sharePlaces(['python'], 8, 3)]).toEqual([['python', 3]])
  })
})
