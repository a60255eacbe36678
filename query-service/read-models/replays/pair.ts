/** The same of two runs, side by side. */
export type Pair<A> = Readonly<{ original: A; replay: A; same: boolean }>

export const pairOf = <A>(original: A, replay: A): Pair<A> => ({
  original,
  replay,
  same: JSON.stringify(original) === JSON.stringify(replay),
})
