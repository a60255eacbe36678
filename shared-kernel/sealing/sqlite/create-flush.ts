import type { FileHandle } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { inGroups } from '../../timing/in-groups.ts'

type Waiting = Readonly<{ resolve: () => void; reject: (thrown: unknown) => void }>

/**
 * Answers once everything written to the file before the call is on the disk. The flush is a thread's, so that the log
 * goes on writing meanwhile; what comes while one is under way goes together with the next.
 */
export const createFlush = (file: Pick<FileHandle, 'datasync'>): (() => Promise<void>) => {
  const flushFor = async (group: ReadonlyArray<Waiting>): Promise<void> => {
    try {
      await file.datasync()
      for (const { resolve } of group) resolve()
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  // Those who were answered in one turn ask in one turn.
  const flush = inGroups<Waiting>({ most: Number.POSITIVE_INFINITY, gather: () => setImmediate(), take: flushFor })
  return () => new Promise((resolve, reject) => flush({ resolve, reject }))
}
