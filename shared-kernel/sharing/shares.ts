/** By partition this process works on: the fence its checkpoints carry; null where nobody else can work on it. */
export type Holdings = ReadonlyMap<number, number | null>

/** Which partitions this process works on, now. */
export type Shares = Readonly<{
  start: () => Promise<void>
  held: () => Holdings
  /** A checkpoint with this fence was refused: another has taken the partition over, heard of or not. */
  deposed: (partition: number, fence: number | null) => void
  /** Told whenever `held` has changed. */
  onChange: (listener: () => void) => void
  /** Leaves the partitions to others at once. */
  stop: () => Promise<void>
}>

/** Every partition, for a process that shares with nobody. */
export const allPartitions = (partitions: number): Shares => {
  const holdings: Holdings = new Map(Array.from({ length: partitions }, (_, p) => [p, null]))
  return {
    start: async () => undefined,
    held: () => holdings,
    deposed: () => undefined,
    onChange: () => undefined,
    stop: async () => undefined,
  }
}
