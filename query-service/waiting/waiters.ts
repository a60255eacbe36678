/** One who waits. It is over when the time is, when the signal aborts, or when everyone is sent home. */
export type Waiting = Readonly<{ end: Promise<'woken' | 'over'>; leave: () => void }>

export type Waiters<Key> = Readonly<{
  /** Waits for any of the keys; null where the room is full. */
  enter: (keys: ReadonlyArray<Key>, withinMs: number, signal: AbortSignal) => Waiting | null
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
    const neighbours = waiting.get(key)
    if (neighbours === undefined) waiting.set(key, new Set([leave]))
    else neighbours.add(leave)
  }

  const unseat = (key: Key, leave: Leave): void => {
    const neighbours = waiting.get(key)
    neighbours?.delete(leave)
    if (neighbours?.size === 0) waiting.delete(key)
  }

  const enter: Waiters<Key>['enter'] = (keys, withinMs, signal) => {
    if (count >= capacity) return null
    const { promise: end, resolve } = Promise.withResolvers<'woken' | 'over'>()
    let isSeated = true
    const leave: Leave = how => {
      if (!isSeated) return
      isSeated = false
      count -= 1
      clearTimeout(timer)
      signal.removeEventListener('abort', over)
      for (const key of keys) unseat(key, leave)
      resolve(how)
    }
    const over = () => leave('over')
    const timer = setTimeout(over, withinMs)
    signal.addEventListener('abort', over)
    for (const key of keys) seat(key, leave)
    count += 1
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
