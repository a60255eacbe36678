import type { Position, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { describeError } from '@runledger/shared-kernel/logger/describe-error.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type WatchedStream, watchStream } from './watched-stream.ts'

type Options = Readonly<{
  log: Pick<EventLog, 'readStream' | 'readPartition'>
  wakeUp: Pick<WakeUp, 'subscribe'>
  logger: Logger
  /** Most streams that are watched at once. */
  capacity: number
  /** How often watched partitions are looked at without a hint: what a lost one costs. */
  lookMs?: number
}>

/** Streams as they grow, for any number of readers: what is appended to a partition is read once for all of them. */
export type StreamWatch = Readonly<{
  /** The stream of this event, from behind it on. Null where as many are watched as may be. */
  watch: (last: Pick<RecordedEvent, 'stream' | 'version' | 'position'>) => WatchedStream | null
  start: () => void
  /** Ends every reader. */
  stop: () => Promise<void>
  count: () => number
}>

/** A partition with readers. `known`: everything up to this position has been read for them. */
type Followed = { known: number; grown: boolean; reading: boolean; readers: Map<string, Set<WatchedStream>> }

const defaultLookMs = 1000
const commitsPerRead = 64

export const watchPartitions = (options: Options): StreamWatch => {
  const { log, wakeUp, logger, capacity, lookMs = defaultLookMs } = options
  const hinted = new Map<number, number>()
  const followed = new Map<number, Followed>()
  let looking: Repetition | null = null
  let unsubscribe = (): void => undefined
  let count = 0
  let stopped = false

  const route = ({ readers }: Followed, events: ReadonlyArray<RecordedEvent>): void => {
    for (const event of events) for (const reader of readers.get(event.stream) ?? []) reader.deliver(event)
  }

  /** True where there may be more. */
  const readOn = async (p: number, partition: Followed): Promise<boolean> => {
    const { known } = partition
    const read = await log.readPartition(p, known, commitsPerRead)()
    if (isLeft(read)) return false
    partition.known = read.right.at(-1)?.n ?? known
    for (const commit of read.right) {
      const decoded = partition.readers.has(commit.s) ? decodeCommit(commit) : null
      if (decoded !== null && !isLeft(decoded)) route(partition, decoded.right)
    }
    return read.right.length === commitsPerRead
  }

  const follow = async (p: number, partition: Followed): Promise<void> => {
    partition.grown = true
    if (partition.reading) return
    partition.reading = true
    try {
      while (partition.grown && !stopped) {
        partition.grown = false
        if (await readOn(p, partition)) partition.grown = true
      }
    } finally {
      partition.reading = false
    }
  }

  const followOrTell = (p: number, partition: Followed): Promise<void> =>
    follow(p, partition).catch(defect => {
      logger.error({ err: describeError(defect), partition: p }, 'Watching a partition failed')
    })

  const hear = ({ p, n }: Position): void => {
    hinted.set(p, Math.max(n, hinted.get(p) ?? 0))
    const partition = followed.get(p)
    if (partition !== undefined && n > partition.known) void followOrTell(p, partition)
  }

  const look = async (): Promise<void> => {
    for (const [p, partition] of followed) await followOrTell(p, partition)
  }

  // What was hinted at by now is in what the reader reads of the stream from now on.
  const partitionAt = ({ p, n }: Position): Followed => {
    const known = followed.get(p)
    if (known !== undefined) return known
    const begun: Followed = { known: hinted.get(p) ?? n, grown: false, reading: false, readers: new Map() }
    followed.set(p, begun)
    return begun
  }

  const leave = (p: number, stream: string, reader: WatchedStream): void => {
    const partition = followed.get(p)
    const neighbours = partition?.readers.get(stream)
    if (partition === undefined || !neighbours?.delete(reader)) return
    count -= 1
    if (neighbours.size === 0) partition.readers.delete(stream)
    if (partition.readers.size === 0) followed.delete(p)
  }

  const watch: StreamWatch['watch'] = ({ stream, version, position }) => {
    if (stopped || count >= capacity) return null
    const { p } = position
    const partition = partitionAt(position)
    const watched = watchStream(version, from => log.readStream(stream, from)())
    const end = (): void => {
      leave(p, stream, reader)
      watched.end()
    }
    const reader: WatchedStream = { ...watched, end }
    partition.readers.set(stream, (partition.readers.get(stream) ?? new Set()).add(reader))
    count += 1
    return reader
  }

  const start = (): void => {
    unsubscribe = wakeUp.subscribe(hear)
    looking = repeat(look, lookMs, defect => logger.error({ err: describeError(defect) }, 'Watching streams failed'))
  }

  const stop = async (): Promise<void> => {
    stopped = true
    unsubscribe()
    await looking?.stop()
    for (const { readers } of followed.values()) for (const each of readers.values()) for (const { end } of each) end()
  }

  return { watch, start, stop, count: () => count }
}
