/** Over several of a kind: how many are not the same, and how the first of those compares. */
export type Changes<A> = Readonly<{ same: boolean; changed: number; firstDifference: A | null }>

export const changesIn = <A>(compared: ReadonlyArray<A>, isSame: (one: A) => boolean): Changes<A> => {
  const changed = compared.filter(one => !isSame(one))
  return { same: changed.length === 0, changed: changed.length, firstDifference: changed[0] ?? null }
}
