import { linger } from './linger.ts'

type Waiting<A> = Readonly<{ key: string; resolve: (found: A | null) => void; reject: (thrown: unknown) => void }>

const defaultMost = 500

/**
 * Answers what is asked for within one turn of the event loop with one question of at most `most` keys; what comes while
 * one is under way goes together with the next.
 */
export const gathered = <A>(
  askAll: (keys: ReadonlyArray<string>) => Promise<ReadonlyMap<string, A>>,
  most = defaultMost,
) => {
  const waiting: Array<Waiting<A>> = []
  let isUnderWay = false

  const answer = async (group: ReadonlyArray<Waiting<A>>): Promise<void> => {
    try {
      const found = await askAll([...new Set(group.map(({ key }) => key))])
      for (const { key, resolve } of group) resolve(found.get(key) ?? null)
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  const answerAll = async (): Promise<void> => {
    isUnderWay = true
    for (let last = 1; waiting.length > 0; ) {
      await linger(last)
      const group = waiting.splice(0, most)
      last = group.length
      await answer(group)
    }
    isUnderWay = false
  }

  return (key: string): Promise<A | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (!isUnderWay) void answerAll()
    })
}
