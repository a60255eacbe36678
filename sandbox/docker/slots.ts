export type Slots = Readonly<{
  /** Resolves to true when the caller has a slot, to false where the signal came first. First come, first served. */
  acquire: (signal: AbortSignal) => Promise<boolean>
  release: () => void
}>

/** Lets `count` callers in at a time. */
export const createSlots = (count: number): Slots => {
  let taken = 0
  const queue: Array<(admitted: boolean) => void> = []

  const enqueue = (signal: AbortSignal): Promise<boolean> => {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const settle = (admitted: boolean) => {
      signal.removeEventListener('abort', leave)
      resolve(admitted)
    }
    const leave = () => {
      queue.splice(queue.indexOf(settle), 1)
      settle(false)
    }
    signal.addEventListener('abort', leave)
    queue.push(settle)
    return promise
  }

  return {
    acquire: async signal => {
      if (signal.aborted) return false
      if (taken === count) return enqueue(signal)
      taken += 1
      return true
    },
    release: () => {
      const next = queue.shift()
      if (next === undefined) taken -= 1
      else next(true)
    },
  }
}
