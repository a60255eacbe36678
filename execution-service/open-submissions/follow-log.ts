import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { createAlarm } from '@runledger/shared-kernel/timing/alarm.ts'
import { pause } from '@runledger/shared-kernel/timing/pause.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Timing } from '../timing/timing.ts'

/** Bounds what one round holds in memory: commits may be large. */
const commitsPerRead = 32
const partitionsPerRound = 4

export type Round = Readonly<{ commits: ReadonlyArray<StoredCommit>; positions: ReadonlyMap<number, number> }>

export type Following = Readonly<{
  /** Resolves when everything that was in the log at the start has been taken in. */
  caughtUp: Promise<void>
  stop: () => Promise<void>
}>

type Fault = Readonly<{ _tag: string; message: string }>

type Dependencies = Readonly<{
  log: EventLog
  wakeUp: WakeUp
  timing: Pick<Timing, 'gatherMs' | 'idleMs' | 'retryMs'>
  logger: Logger
}>

const roundOf = (pages: ReadonlyArray<ReadonlyArray<StoredCommit>>): Round => ({
  commits: pages.flat(),
  positions: new Map(pages.flatMap(page => page.slice(-1)).map(({ p, n }) => [p, n])),
})

/**
 * Takes in the log past `from`, round by round: partitions named by a wake-up, and all that have grown when nothing was
 * heard for `idleMs`. A round that fails is taken in again.
 */
export const followLog = (
  { log, wakeUp, timing, logger }: Dependencies,
  from: ReadonlyMap<number, number>,
  takeIn: (round: Round) => TE.TaskEither<Fault, void>,
): Following => {
  const positions = new Map(from)
  const grown = new Set<number>()
  const alarm = createAlarm()
  const stopping = new AbortController()
  const caughtUp = Promise.withResolvers<void>()

  const unsubscribe = wakeUp.subscribe(({ p, n }) => {
    if (n <= (positions.get(p) ?? 0)) return
    grown.add(p)
    alarm.ring()
  })

  const lookOver = async (): Promise<boolean> => {
    const tails = await log.tails()()
    if (E.isLeft(tails)) return failed(tails.left)
    for (const [p, n] of tails.right.entries()) if (n > (positions.get(p) ?? 0)) grown.add(p)
    return true
  }

  const takeRound = async (): Promise<boolean> => {
    const partitions = [...grown].slice(0, partitionsPerRound)
    for (const p of partitions) grown.delete(p)
    const done = await readAndTakeIn(partitions).catch(failed)
    if (!done) for (const p of partitions) grown.add(p)
    return done
  }

  const readPast = (p: number) => log.readPartition(p, positions.get(p) ?? 0, commitsPerRead)

  const readAndTakeIn = async (partitions: ReadonlyArray<number>): Promise<boolean> => {
    const read = await TE.traverseSeqArray(readPast)(partitions)()
    if (E.isLeft(read)) return failed(read.left)
    const round = roundOf(read.right)
    const taken = await takeIn(round)()
    if (E.isLeft(taken)) return failed(taken.left)
    for (const [p, n] of round.positions) positions.set(p, n)
    for (const page of read.right) if (page.length === commitsPerRead) grown.add(page[0]?.p ?? 0)
    return true
  }

  const failed = (fault: unknown): false => {
    logger.warn({ err: fault }, 'The log cannot be followed; trying on')
    return false
  }

  const step = async (): Promise<void> => {
    const done = grown.size > 0 ? await takeRound() : true
    if (!done) return pause(timing.retryMs, stopping.signal)
    if (grown.size > 0) return
    caughtUp.resolve()
    if ((await alarm.sleep(timing.idleMs)) === 'rung') await pause(timing.gatherMs, stopping.signal)
    else await lookOver()
  }

  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted && !(await lookOver())) await pause(timing.retryMs, stopping.signal)
    while (!stopping.signal.aborted) await step()
  }

  const ended = follow().finally(unsubscribe)
  const stop = async (): Promise<void> => {
    stopping.abort()
    alarm.ring()
    await ended
    caughtUp.resolve()
  }
  return { caughtUp: caughtUp.promise, stop }
}
