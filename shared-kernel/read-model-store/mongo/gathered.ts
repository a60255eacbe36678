import { setImmediate } from 'node:timers/promises'

type Waiting<A> = Readonly<{ key: string; resolve: (found: A | null) => void; reject: (thrown: unknown) => void }>

const most = 500

/** Answers what is asked for within one turn of the event loop with one question, or a question for each 500 keys. */
export const gathered = <A>(askAll: (keys: ReadonlyArray<string>) => Promise<ReadonlyMap<string, A>>) => {
  let waiting: Array<Waiting<A>> = []

  const answer = async (group: ReadonlyArray<Waiting<A>>): Promise<void> => {
    try {
      const found = await askAll([...new Set(group.map(({ key }) => key))])
      for (const { key, resolve } of group) resolve(found.get(key) ?? null)
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  const answerAll = async (): Promise<void> => {
    await setImmediate()
    const asked = waiting
    waiting = []
    for (let first = 0; first < asked.length; first += most) void answer(asked.slice(first, first + most))
  }

  return (key: string): Promise<A | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject })
      if (waiting.length === 1) void answerAll()
    })
}
