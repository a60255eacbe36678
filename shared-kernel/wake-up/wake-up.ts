import type { Position } from '../event-log/commit.ts'

/** A hint that a partition has grown. A lost hint costs latency, never correctness. */
export type WakeUp = Readonly<{
  announce: (position: Position) => void
  /** Returns the function that ends the subscription. */
  subscribe: (listener: (position: Position) => void) => () => void
  close: () => Promise<void>
}>
