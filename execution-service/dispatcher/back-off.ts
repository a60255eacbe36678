import { doubling } from '@runledger/shared-kernel/timing/doubling.ts'
import type { OpenEntry } from '../open-submissions/open-submission.ts'
import type { Timing } from '../timing/timing.ts'

/** Holds the attempt after an abandoned one back for a while, longer each time. First attempts are never held. */
export type BackOff = Readonly<{
  /** Runs the task now, or when the entry's pause is over. While it is held, later calls for it do nothing. */
  whenDue: (entry: OpenEntry, task: () => Promise<void>) => Promise<void>
  /** Forgets all that is held: the log still knows. */
  stop: () => void
}>

export const createBackOff = (
  timing: Pick<Timing, 'backOffMs' | 'backOffMostMs'>,
  onFault: (cause: unknown) => void,
): BackOff => {
  const held = new Map<string, NodeJS.Timeout>()

  const hold = (id: string, ms: number, task: () => Promise<void>): void => {
    const release = () => {
      held.delete(id)
      task().catch(onFault)
    }
    held.set(id, setTimeout(release, ms))
  }

  const whenDue = async ({ id, body: { attempts } }: OpenEntry, task: () => Promise<void>): Promise<void> => {
    if (attempts === 0) return task()
    if (!held.has(id)) hold(id, doubling(timing.backOffMs, timing.backOffMostMs, attempts - 1), task)
  }

  const stop = (): void => {
    for (const timer of held.values()) clearTimeout(timer)
    held.clear()
  }

  return { whenDue, stop }
}
