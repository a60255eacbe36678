import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Position } from '../event-log/commit.ts'
import type { WakeUp } from './wake-up.ts'

/** `announcer` may be the wake-up itself or that of another process; `settled` resolves once subscriptions are in force. */
type Opened = Readonly<{
  wakeUp: WakeUp
  announcer: WakeUp
  defects: ReadonlyArray<unknown>
  settled: () => Promise<void>
}>

const collector = () => {
  const heard: Array<Position> = []
  const waiting: Array<Readonly<{ count: number; resolve: () => void }>> = []
  const listener = (position: Position) => {
    heard.push(position)
    for (const { count, resolve } of waiting) if (heard.length >= count) resolve()
  }
  const hears = (count: number) =>
    heard.length >= count ? Promise.resolve() : new Promise<void>(resolve => waiting.push({ count, resolve }))
  return { heard, listener, hears }
}

export const wakeUpContract = (adapter: string, open: () => Promise<Opened>): void => {
  describe(`${adapter} wake-up`, () => {
    let opened: Opened
    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => Promise.all([opened.announcer.close(), opened.wakeUp.close()]))

    it('tells every listener each position', async () => {
      const [first, second] = [collector(), collector()]
      opened.wakeUp.subscribe(first.listener)
      opened.wakeUp.subscribe(second.listener)
      await opened.settled()
      opened.announcer.announce({ p: 3, n: 7 })
      opened.announcer.announce({ p: 4, n: 1 })
      await Promise.all([first.hears(2), second.hears(2)])
      expect(first.heard).toStrictEqual([
        { p: 3, n: 7 },
        { p: 4, n: 1 },
      ])
      expect(second.heard).toStrictEqual(first.heard)
    })

    it('tells a listener nothing after its subscription ended', async () => {
      const [leaving, staying] = [collector(), collector()]
      const leave = opened.wakeUp.subscribe(leaving.listener)
      opened.wakeUp.subscribe(staying.listener)
      leave()
      await opened.settled()
      opened.announcer.announce({ p: 0, n: 1 })
      await staying.hears(1)
      expect(leaving.heard).toStrictEqual([])
    })

    it('counts the same function subscribed twice as two subscriptions', async () => {
      const twice = collector()
      const leave = opened.wakeUp.subscribe(twice.listener)
      opened.wakeUp.subscribe(twice.listener)
      leave()
      await opened.settled()
      opened.announcer.announce({ p: 0, n: 1 })
      await twice.hears(1)
      expect(twice.heard).toStrictEqual([{ p: 0, n: 1 }])
    })

    it('goes on when a listener throws, and says so', async () => {
      const defect = new Error('a listener broke')
      const other = collector()
      opened.wakeUp.subscribe(() => {
        throw defect
      })
      opened.wakeUp.subscribe(other.listener)
      await opened.settled()
      opened.announcer.announce({ p: 0, n: 1 })
      await other.hears(1)
      expect(opened.defects).toStrictEqual([defect])
    })
  })
}
