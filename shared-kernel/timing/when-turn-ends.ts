/**
 * Runs work when everything else that this turn of the event loop began has run as far as it gets, before the next turn. What
 * many bring runs back to back, which is faster than a bit of it here and there; nobody is answered before all of it has run.
 */
export const createTurnEnd = (): (<A>(work: () => A) => Promise<A>) => {
  let waiting: Array<() => void> = []

  const runAll = (): void => {
    const brought = waiting
    waiting = []
    for (const run of brought) run()
  }

  return work =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) process.nextTick(runAll)
      waiting.push(() => {
        try {
          resolve(work())
        } catch (thrown) {
          reject(thrown)
        }
      })
    })
}
