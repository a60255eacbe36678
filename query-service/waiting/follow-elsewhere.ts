import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { describeError } from '@runledger/shared-kernel/logger/describe-error.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { WaitingRooms } from './waiting-rooms.ts'

type Options = Readonly<{
  store: Pick<ReadModelStore, 'checkpoints'>
  /** What is read now. */
  projection: () => string
  /** True for partitions this process projects itself. */
  isHeld: (partition: number) => boolean
  rooms: Pick<WaitingRooms, 'changedElsewhere' | 'count'>
  logger: Logger
  /** How often checkpoints are read while somebody waits: what a lost hint costs. */
  lookMs?: number
}>

/** How far other processes have projected. */
type Elsewhere = Readonly<{
  start: (applied: WakeUp) => void
  stop: () => Promise<void>
  hasPassed: (position: Position) => boolean
  /** Reads the checkpoints, where nobody is reading them already. */
  refresh: () => Promise<void>
}>

const defaultLookMs = 1000
const gatherMs = 20

/** Follows what other processes project by their hints and, while somebody waits, by their checkpoints. */
export const followElsewhere = (options: Options): Elsewhere => {
  const { store, projection, isHeld, rooms, logger, lookMs = defaultLookMs } = options
  const passed = new Map<number, number>()
  const due = new Map<number, NodeJS.Timeout>()
  let reading: Promise<void> | null = null
  let looking: Repetition | null = null
  let unsubscribe = (): void => undefined

  const tell = (p: number) => (): void => {
    due.delete(p)
    rooms.changedElsewhere(p)
  }

  // Whoever is woken reads again: the more wait, the longer hints are gathered, so that reads do not grow with both.
  const note = ({ p, n }: Position): void => {
    if (isHeld(p) || n <= (passed.get(p) ?? 0)) return
    passed.set(p, n)
    if (!due.has(p)) due.set(p, setTimeout(tell(p), gatherMs + rooms.count()))
  }

  const read = async (): Promise<void> => {
    const checkpoints = await store.checkpoints(projection())()
    if (isLeft(checkpoints)) return logger.warn({ fault: checkpoints.left }, 'Checkpoints cannot be read')
    for (const [p, n] of checkpoints.right) note({ p, n })
  }

  const refresh = (): Promise<void> => {
    reading ??= read().finally(() => {
      reading = null
    })
    return reading
  }

  const look = async (): Promise<void> => {
    if (rooms.count() > 0) await refresh()
  }

  const start = (applied: WakeUp): void => {
    unsubscribe = applied.subscribe(note)
    looking = repeat(look, lookMs, defect => logger.error({ err: describeError(defect) }, 'Reading checkpoints failed'))
  }

  const stop = async (): Promise<void> => {
    unsubscribe()
    for (const timer of due.values()) clearTimeout(timer)
    due.clear()
    await looking?.stop()
  }

  return { start, stop, hasPassed: ({ p, n }) => (passed.get(p) ?? 0) >= n, refresh }
}
