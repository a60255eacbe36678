/**
 * Answers when everything else that this turn of the event loop began has run as far as it gets, before the next turn. What
 * many wait for runs back to back then, which is faster than a bit of it here and there.
 */
export const createTurnEnd = (): (() => Promise<void>) => {
  let end: Promise<void> | null = null
  return () => {
    end ??= new Promise(resolve =>
      process.nextTick(() => {
        end = null
        resolve()
      }),
    )
    return end
  }
}
