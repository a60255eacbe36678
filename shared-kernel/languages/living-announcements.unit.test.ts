import { beforeEach, describe, expect, it } from 'vitest'
import type { Announcement } from './language-registry.ts'
import { type LivingAnnouncements, observeAnnouncements } from './living-announcements.ts'

const of = (workerId: string, beat: number, incarnation = 'first'): Announcement => ({
  workerId,
  incarnation,
  beat,
  languages: [],
})

let now: number
let observer: LivingAnnouncements
beforeEach(() => {
  now = 5000
  observer = observeAnnouncements({ monotonic: () => now, ageMs: 1000 })
})

const livingAt = (time: number, ...announcements: ReadonlyArray<Announcement>) => {
  now = time
  return observer.see(announcements).living.map(({ workerId }) => workerId)
}

describe('given workers that announce themselves', () => {
  it('takes everyone seen for the first time as living', () => {
    expect(livingAt(5000, of('one', 1), of('two', 99))).toStrictEqual(['one', 'two'])
  })

  it('takes who stands still for long enough as dead', () => {
    livingAt(5000, of('one', 1), of('two', 1))
    expect(livingAt(5999, of('one', 1), of('two', 2))).toStrictEqual(['one', 'two'])
    expect(livingAt(6000, of('one', 1), of('two', 2))).toStrictEqual(['two'])
  })

  it('takes who stirs again as living, a new life of it included', () => {
    livingAt(5000, of('one', 7))
    expect(livingAt(7000, of('one', 7))).toStrictEqual([])
    expect(livingAt(7100, of('one', 7, 'second'))).toStrictEqual(['one'])
    expect(livingAt(9000, of('one', 8, 'second'))).toStrictEqual(['one'])
  })

  it('names the dead', () => {
    observer.see([of('one', 1)])
    now = 6000
    expect(observer.see([of('one', 1), of('two', 1)]).dead).toStrictEqual([of('one', 1)])
  })
})
