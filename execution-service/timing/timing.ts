/** All in milliseconds. */
export type Timing = Readonly<{
  /** What a running program wrote waits at most so long for its append. */
  flushMs: number
  /**
   * Added to a submission's wall limits: its attempt's whole budget. It covers the wait for a container (30 s), what the
   * sandbox grants beyond the limits (5 s, and 10 s to collect files), and the appends at both ends.
   */
  budgetGraceMs: number
  /** How long an attempt may be unfinished past its budget before it is given up. */
  judgeGraceMs: number
  /** First pause before a failed append or read is tried again; doubles up to `retryMostMs`. */
  retryMs: number
  retryMostMs: number
  /** First pause before the attempt that follows an abandoned one; doubles up to `backOffMostMs`. */
  backOffMs: number
  backOffMostMs: number
  /** Commits that arrive within it are followed together. */
  gatherMs: number
  /** Partitions are looked over so often without a wake-up. */
  idleMs: number
  /** Hints within it make a run that is not followed here be looked at once. */
  watchGatherMs: number
  /** Such a run is looked at so often without a hint. */
  watchIdleMs: number
  /** How long a delivery waits for a sandbox that has gone before its job is left to others. */
  gateMs: number
  /** How often a process shows that it lives. */
  beatMs: number
  /** A process that has shown nothing for so long is taken for dead. */
  deadMs: number
  sweepMs: number
  reapMs: number
  /** How often a sandbox that was found unavailable is asked again. */
  probeMs: number
  /** Bound on the wait for what is under way besides programs when the service stops. */
  settleMs: number
}>

export const defaultTiming: Timing = {
  flushMs: 50,
  budgetGraceMs: 60_000,
  judgeGraceMs: 10_000,
  retryMs: 100,
  retryMostMs: 5_000,
  backOffMs: 250,
  backOffMostMs: 10_000,
  gatherMs: 25,
  idleMs: 1_000,
  watchGatherMs: 200,
  watchIdleMs: 2_000,
  gateMs: 2_000,
  beatMs: 1_000,
  deadMs: 5_000,
  sweepMs: 5_000,
  reapMs: 60_000,
  probeMs: 1_000,
  settleMs: 5_000,
}
