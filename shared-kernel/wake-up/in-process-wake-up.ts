import type { Position } from '../event-log/commit.ts'
import type { WakeUp } from './wake-up.ts'

/** Tells the listeners of this process at once. What a listener throws is handed to `onDefect`; the others are still told. */
export const createInProcessWakeUp = (onDefect: (defect: unknown) => void): WakeUp => {
  const listeners = new Set<(position: Position) => void>()

  const tell = (listener: (position: Position) => void, position: Position): void => {
    try {
      listener(position)
    } catch (defect) {
      onDefect(defect)
    }
  }

  return {
    announce: position => {
      for (const listener of [...listeners]) tell(listener, position)
    },
    subscribe: listener => {
      const subscription = (position: Position) => listener(position)
      listeners.add(subscription)
      return () => void listeners.delete(subscription)
    },
    close: async () => listeners.clear(),
  }
}
