import type { Position } from '../event-log/commit.ts'

/** Which partitions are known to have grown beyond what is applied. */
export type PartitionProgress = Readonly<{
  /** The partition has grown to this position. */
  noteTail: (tail: Position) => void
  /** Look at these partitions again. */
  mark: (partitions: Iterable<number>) => void
  hasMarked: () => boolean
  /** The partitions to look at, which are then no longer marked. */
  takeMarked: () => ReadonlyArray<number>
  /** Last known position by partition. */
  tails: ReadonlyMap<number, number>
}>

export const createPartitionProgress = (applied: (partition: number) => number): PartitionProgress => {
  const marked = new Set<number>()
  const tails = new Map<number, number>()

  const mark = (partitions: Iterable<number>): void => {
    for (const p of partitions) marked.add(p)
  }

  const noteTail = ({ p, n }: Position): void => {
    tails.set(p, Math.max(n, tails.get(p) ?? 0))
    if (n > applied(p)) marked.add(p)
  }

  const takeMarked = (): ReadonlyArray<number> => {
    const taken = [...marked]
    marked.clear()
    return taken
  }

  return { noteTail, mark, hasMarked: () => marked.size > 0, takeMarked, tails }
}
