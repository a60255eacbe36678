import type { StoredCommit } from './commit.ts'

/** The last commits that this process appended, as they are stored: whoever follows the log need not ask the store. */
export type WrittenLately = Readonly<{
  /** The commit is durable. */
  note: (commit: StoredCommit) => void
  /** Those of partition `p` with position > `after`, at least one; null where the store has to be asked. */
  after: (p: number, after: number) => ReadonlyArray<StoredCommit> | null
}>

// Of as many partitions as there are, with all who follow them within a second of each other.
const keptPerPartition = 8
const longest = 8 * 1024

/** `keep`: commits kept of each partition. */
export const writtenLately = (keep = keptPerPartition): WrittenLately => {
  // Each list is dense and ends with the last commit that was noted.
  const partitions = new Map<number, ReadonlyArray<StoredCommit>>()

  const note = (commit: StoredCommit): void => {
    const known = partitions.get(commit.p) ?? []
    const last = known.at(-1)?.n ?? 0
    if (commit.n <= last) return
    if (commit.events.length > longest) partitions.delete(commit.p)
    else partitions.set(commit.p, commit.n === last + 1 ? [...known.slice(1 - keep), commit] : [commit])
  }

  const after = (p: number, position: number): ReadonlyArray<StoredCommit> | null => {
    const known = partitions.get(p) ?? []
    const from = position + 1 - (known[0]?.n ?? 0)
    return from >= 0 && from < known.length ? known.slice(from) : null
  }

  return { note, after }
}
