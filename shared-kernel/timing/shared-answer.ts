/**
 * One answer for all who ask while it is under way and for a while after: what everybody would be told, asked for once.
 * `ms`: how old an answer may be, counted from when it came. A rejection is shared by those who waited for it, and not kept.
 */
export const sharedAnswer = <A>(ms: number, ask: () => Promise<A>, monotonic: () => number): (() => Promise<A>) => {
  let latest: Promise<A> | null = null
  let goodUntil = Number.POSITIVE_INFINITY

  const askAnew = (): Promise<A> => {
    goodUntil = Number.POSITIVE_INFINITY
    const asked = ask()
    latest = asked
    asked.then(
      () => {
        goodUntil = monotonic() + ms
      },
      () => {
        latest = null
      },
    )
    return asked
  }

  return () => (latest === null || monotonic() >= goodUntil ? askAnew() : latest)
}
