import { setImmediate } from 'node:timers/promises'

type Waiting<A> = Readonly<{ key: string; resolve: (found: A | null) => void; reject: (thrown: unknown) => void }>

const most = 500
const mostUnderWay = 2

/**
 * Answers what is asked for within one turn of the event loop with one question of at most 500 keys; what comes while two
 * questions are under way goes together with the next.
 */
export const gathered = <A>(askAll: (keys: ReadonlyArray<string>) => Promise<ReadonlyMap<string, A>>) => {
  const waiting: Array<Waiting<A>> = []
  let underWay = 0

  const answer = async (group: ReadonlyArray<Waiting<A>>): Promise<void> => {
    try {
      const found = await askAll([...new Set(group.map(({ key }) => key))])
      for (const { key, resolve } of group) resolve(found.get(key) ?? null)
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  const answerAll = async (): Promise<void> => {
    underWay += 1
    await setImmediate()
    while (waiting.length > 0) await answer(waiting.splice(0, most))
    underWay -= 1
  }

  return (key: string): Promise<A | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (underWay < mostUnderWay) void answerAll()
    })
}
