import { percentile } from './statistics.ts'

/** What an append is made of, in milliseconds of virtual time. */
export type AppendTimes = Readonly<{ untilTailSeen: number; untilInsertDecided: number; untilAnswered: number }>

export type Load = Readonly<{
  partitions: number
  processes: number
  /** Over all partitions and processes, arriving at random. */
  appendsPerSecond: number
  times: AppendTimes
  /** Appends to simulate; those of one partition say what any of them does. */
  samples: number
  seed: number
}>

/** `p99Ms` from the call to the answer, waiting behind others of the same process included. */
export type Contention = Readonly<{ retriesPerAppend: number; p99Ms: number; busyShare: number }>

/** Reads of 1 ms together, 0.3 ms to decide, an insert of 2 ms that takes effect half-way. */
export const usualTimes: AppendTimes = { untilTailSeen: 0.25, untilInsertDecided: 2.3, untilAnswered: 3.3 }

// Mulberry32: the same figures on every machine.
const randomFrom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

type Attempt = Readonly<{ process: number; arrivedAt: number; startedAt: number; tries: number }>

// As the adapter waits between two tries.
const jitterMs = (random: () => number, tries: number): number => random() * Math.min(64, 2 * 2 ** tries)

const arrivals = ({ partitions, appendsPerSecond, processes, samples }: Load, random: () => number) => {
  const meanGapMs = (1000 * partitions) / appendsPerSecond
  let at = 0
  return Array.from({ length: samples }, () => {
    at += -Math.log(1 - random()) * meanGapMs
    return { process: Math.floor(random() * processes), arrivedAt: at }
  })
}

const insertAt = ({ startedAt }: Attempt, { untilInsertDecided }: AppendTimes): number => startedAt + untilInsertDecided

const earliest = (attempts: ReadonlyArray<Attempt>, times: AppendTimes): Attempt | undefined =>
  attempts.reduce<Attempt | undefined>(
    (first, each) => (first === undefined || insertAt(each, times) < insertAt(first, times) ? each : first),
    undefined,
  )

/**
 * One partition of the log in virtual time: each process appends one commit at a time, and an insert holds where nobody
 * else's took effect since its tail was seen.
 */
export const simulateAppends = (load: Load): Contention => {
  const { times, processes, samples } = load
  const random = randomFrom(load.seed)
  const waiting = Array.from({ length: processes }, (): Array<number> => [])
  const coming = arrivals(load, random)
  const latencies: Array<number> = []
  let attempts: ReadonlyArray<Attempt> = []
  let lastInsertAt = Number.NEGATIVE_INFINITY
  let retries = 0
  let now = 0

  const start = (process: number, at: number): void => {
    const arrivedAt = waiting[process]?.shift()
    if (arrivedAt !== undefined) attempts = [...attempts, { process, arrivedAt, startedAt: at, tries: 0 }]
  }

  const arrive = ({ process, arrivedAt }: Readonly<{ process: number; arrivedAt: number }>): void => {
    waiting[process]?.push(arrivedAt)
    if (!attempts.some(attempt => attempt.process === process)) start(process, arrivedAt)
  }

  const decide = (attempt: Attempt): void => {
    attempts = attempts.filter(each => each !== attempt)
    now = insertAt(attempt, times)
    const answeredAt = attempt.startedAt + times.untilAnswered
    if (lastInsertAt >= attempt.startedAt + times.untilTailSeen) {
      retries += 1
      const startedAt = answeredAt + jitterMs(random, attempt.tries)
      attempts = [...attempts, { ...attempt, startedAt, tries: attempt.tries + 1 }]
      return
    }
    lastInsertAt = now
    latencies.push(answeredAt - attempt.arrivedAt)
    start(attempt.process, answeredAt)
  }

  for (;;) {
    const attempt = earliest(attempts, times)
    const next = coming[0]
    if (attempt === undefined && next === undefined) break
    const isArrival = next !== undefined && (attempt === undefined || next.arrivedAt <= insertAt(attempt, times))
    if (isArrival) arrive(coming.shift() ?? next)
    else if (attempt !== undefined) decide(attempt)
  }
  const busyMs = (samples + retries) * times.untilAnswered
  return { retriesPerAppend: retries / samples, p99Ms: percentile(latencies, 0.99), busyShare: busyMs / now }
}
