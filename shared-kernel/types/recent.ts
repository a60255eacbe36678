/**
 * What was set lately: the last `most` names at least, twice as many at most. Two maps take turns, since one whose oldest
 * entry goes for each new one has to step over the places of all that went before.
 */
export const createRecent = <A>(most: number) => {
  let newer = new Map<string, A>()
  let older = new Map<string, A>()

  return {
    get: (name: string): A | undefined => newer.get(name) ?? older.get(name),
    set: (name: string, value: A): void => {
      if (newer.size >= most) {
        older = newer
        newer = new Map()
      }
      newer.set(name, value)
    },
    delete: (name: string): void => {
      newer.delete(name)
      older.delete(name)
    },
  }
}
