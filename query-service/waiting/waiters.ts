/** One who waits. `woken` resolves when the key is woken, the time is over, the signal aborts, or everyone is sent home. */
type Waiting = Readonly<{ woken: Promise<void>; leave: () => void }>

export type Waiters<Key> = Readonly<{
  /** Null where the room is full. */
  enter: (key: Key, withinMs: number, signal: AbortSignal) => Waiting | null
  wake: (key: Key) => void
  /** Wakes everyone, and whoever enters from now on at once. */
  close: () => void
  count: () => number
}>

/** A bounded room of waiters, found by what they wait for. */
export const createWaiters = <Key>(capacity: number): Waiters<Key> => {
  const waiting = new Map<Key, Set<() => void>>()
  let count = 0
  let closed = false

  const seat = (key: Key, leave: () => void): void => {
    waiting.set(key, (waiting.get(key) ?? new Set()).add(leave))
    count += 1
  }

  const unseat = (key: Key, leave: () => void): void => {
    const neighbours = waiting.get(key)
    if (!neighbours?.delete(leave)) return
    count -= 1
    if (neighbours.size === 0) waiting.delete(key)
  }

  const enter = (key: Key, withinMs: number, signal: AbortSignal): Waiting | null => {
    if (count >= capacity) return null
    const { promise: woken, resolve } = Promise.withResolvers<void>()
    const leave = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      unseat(key, leave)
      resolve()
    }
    const timer = setTimeout(leave, withinMs)
    signal.addEventListener('abort', leave)
    seat(key, leave)
    if (closed || signal.aborted) leave()
    return { woken, leave }
  }

  const wake = (key: Key): void => {
    for (const leave of [...(waiting.get(key) ?? [])]) leave()
  }

  return {
    enter,
    wake,
    close: () => {
      closed = true
      for (const key of [...waiting.keys()]) wake(key)
    },
    count: () => count,
  }
}
