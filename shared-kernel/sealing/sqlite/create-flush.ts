import type { FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'

type Waiting = Readonly<{ resolve: () => void; reject: (thrown: unknown) => void }>

/**
 * Answers once everything written to the file before the call is on the disk. The flush is a thread's, so that the log
 * goes on writing meanwhile; what comes while one is under way goes together with the next.
 */
export const createFlush = (file: Pick<FileHandle, 'datasync'>): (() => Promise<void>) => {
  let waiting: Array<Waiting> = []
  let isUnderWay = false

  const flushAll = async (): Promise<void> => {
    isUnderWay = true
    while (waiting.length > 0) {
      // Those who were answered in one turn ask in one turn.
      await setImmediate()
      const group = waiting
      waiting = []
      try {
        await file.datasync()
        for (const { resolve } of group) resolve()
      } catch (thrown) {
        for (const { reject } of group) reject(thrown)
      }
    }
    isUnderWay = false
  }

  return () =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      if (!isUnderWay) void flushAll()
    })
}
