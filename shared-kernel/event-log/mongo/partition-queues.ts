/** Work on one partition in order, one at a time; partitions side by side. */
export const partitionQueues = () => {
  const ends = new Map<number, Promise<unknown>>()

  const forgetOnceDone = (p: number, end: Promise<unknown>): void => {
    ends.set(p, end)
    void end.then(() => ends.get(p) === end && ends.delete(p))
  }

  return {
    run: <A>(p: number, work: () => Promise<A>): Promise<A> => {
      const done = (ends.get(p) ?? Promise.resolve()).then(work)
      forgetOnceDone(
        p,
        done.then(
          () => undefined,
          () => undefined,
        ),
      )
      return done
    },
    /** Answers once all that was queued is done. */
    idle: async (): Promise<void> => {
      await Promise.all(ends.values())
    },
  }
}
