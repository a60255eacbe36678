import type { Position } from './commit.ts'

type Listener = (position: Position) => void

/** A listener's defect is reported as a process warning: the append it hears of is durable and must be answered. */
export const createAnnouncer = () => {
  const listeners = new Set<Listener>()
  const tell = (position: Position) => (listener: Listener) => {
    try {
      listener(position)
    } catch (defect) {
      process.emitWarning(defect instanceof Error ? defect : new Error(String(defect)))
    }
  }
  return {
    onAppended: (listener: Listener): void => {
      listeners.add(listener)
    },
    announce: (position: Position): void => [...listeners].forEach(tell(position)),
  }
}
