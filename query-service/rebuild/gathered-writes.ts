import type { CommitContent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Checkpoint, Document, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

type Insert = Extract<Write, { kind: 'insert' }>
type Change = Exclude<Write, Insert>

const idOf = (change: Change): string => (change.kind === 'put' ? change.document.id : change.id)

/**
 * What the folds of several pages write, to be applied at once: rows, and of a document that changed again and again the
 * last change, with the guard of the first. Documents are those of one collection.
 */
export const gatherWrites = (projection: string) => {
  let rows: Array<Insert> = []
  let changes = new Map<string, Change>()
  let positions = new Map<number, number>()

  const addChange = (change: Change): void => {
    const id = idOf(change)
    const before = changes.get(id)
    changes.set(id, before === undefined ? change : { ...change, expected: before.expected })
  }

  return {
    add: (writes: ReadonlyArray<Write>, commits: ReadonlyArray<CommitContent>): void => {
      for (const write of writes) {
        if (write.kind === 'insert') rows.push(write)
        else addChange(write)
      }
      for (const { p, n } of commits) positions.set(p, n)
    },
    /** The document as it will be; undefined: nothing here changes it. */
    document: (id: string): Document | null | undefined => {
      const change = changes.get(id)
      if (change === undefined) return undefined
      return change.kind === 'put' ? change.document : null
    },
    /** All of it, rows first. What is added from now on is of the next. */
    take: (): Readonly<{ writes: ReadonlyArray<Write>; checkpoints: ReadonlyArray<Checkpoint> }> => {
      const writes = [...rows, ...changes.values()]
      const checkpoints = [...positions].map(([partition, n]) => ({ projection, partition, n }))
      rows = []
      changes = new Map()
      positions = new Map()
      return { writes, checkpoints }
    },
  }
}
