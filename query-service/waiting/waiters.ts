/** One who waits. It is over when the time is, when the signal aborts, or when everyone is sent home. */
export type Waiting = Readonly<{ end: Promise<'woken' | 'over'>; leave: () => void }>

export type Waiters<Key> = Readonly<{
  /** Null where the room is full. */
  enter: (key: Key, withinMs: number, signal: AbortSignal) => Waiting | null
  wake: (key: Key) => void
  /** Wakes everyone, and whoever enters from now on at once. */
  close: () => void
  count: () => number
}>

type Leave = (how: 'woken' | 'over') => void

/** A bounded room of waiters, found by what they wait for. */
export const createWaiters = <Key>(capacity: number): Waiters<Key> => {
  const waiting = new Map<Key, Set<Leave>>()
  let count = 0
  let closed = false

  const seat = (key: Key, leave: Leave): void => {
    waiting.set(key, (waiting.get(key) ?? new Set()).add(leave))
    count += 1
  }

  const unseat = (key: Key, leave: Leave): void => {
    const neighbours = waiting.get(key)
    if (!neighbours?.delete(leave)) return
    count -= 1
    if (neighbours.size === 0) waiting.delete(key)
  }

  const enter = (key: Key, withinMs: number, signal: AbortSignal): Waiting | null => {
    if (count >= capacity) return null
    const { promise: end, resolve } = Promise.withResolvers<'woken' | 'over'>()
    const leave: Leave = how => {
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      unseat(key, leave)
      resolve(how)
    }
    const over = () => leave('over')
    const timer = setTimeout(over, withinMs)
    signal.addEventListener('abort', over)
    seat(key, leave)
    if (closed || signal.aborted) over()
    return { end, leave: over }
  }

  const leaveAll = (key: Key, how: 'woken' | 'over'): void => {
    for (const leave of [...(waiting.get(key) ?? [])]) leave(how)
  }

  return {
    enter,
    wake: key => leaveAll(key, 'woken'),
    close: () => {
      closed = true
      for (const key of [...waiting.keys()]) leaveAll(key, 'over')
    },
    count: () => count,
  }
}
