import { inGroups } from '../timing/in-groups.ts'
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
  const answer = async (group: ReadonlyArray<Waiting<A>>): Promise<void> => {
    try {
      const found = await askAll([...new Set(group.map(({ key }) => key))])
      for (const { key, resolve } of group) resolve(found.get(key) ?? null)
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  const ask = inGroups({ most, gather: linger, take: answer })
  return (key: string): Promise<A | null> => new Promise((resolve, reject) => ask({ key, resolve, reject }))
}
