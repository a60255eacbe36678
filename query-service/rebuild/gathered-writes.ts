import type { CommitContent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Checkpoint, Document, Write } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

type Insert = Extract<Write, { kind: 'insert' }>
type Change = Exclude<Write, Insert>

type Gathered = Readonly<{ writes: ReadonlyArray<Write>; checkpoints: ReadonlyArray<Checkpoint> }>

const idOf = (change: Change): string => (change.kind === 'put' ? change.document.id : change.id)

/**
 * What the folds of pages write, to be applied together: rows, and of a document that changed again and again the last
 * change, with the guard of the first. Documents are those of one collection.
 */
export const gatherWrites = (projection: string) => {
  const positions = new Map<number, number>()
  let rows: Array<Insert> = []
  // By when each was changed first.
  let changes = new Map<string, Change>()
  // Before the last page: how many changed, and how far it had come.
  let before = { changes: 0, positions: new Map<number, number>() }

  const addChange = (change: Change): void => {
    const id = idOf(change)
    const earlier = changes.get(id)
    changes.set(id, earlier === undefined ? change : { ...change, expected: earlier.expected })
  }

  const takeUpTo = (end: typeof before): Gathered => {
    const byId = [...changes]
    const writes = [...rows, ...byId.slice(0, end.changes).map(([, change]) => change)]
    const checkpoints = [...end.positions].map(([partition, n]) => ({ projection, partition, n }))
    rows = []
    changes = new Map(byId.slice(end.changes))
    return { writes, checkpoints }
  }

  const all = (): typeof before => ({ changes: changes.size, positions })

  // Of a document that is gone its guard is gone as well.
  const deletes = (): boolean => [...changes.values()].some(({ kind }) => kind === 'delete')

  return {
    add: (writes: ReadonlyArray<Write>, commits: ReadonlyArray<CommitContent>): void => {
      before = { changes: changes.size, positions: new Map(positions) }
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
    /**
     * All but the documents that the last page was the first to change, since most of them go on in the next one. Rows go
     * first. Checkpoints are those before that page: who begins there again meets rows and documents that are written already,
     * and their guards skip them. All of it where something is deleted.
     */
    take: (): Gathered => takeUpTo(deletes() ? all() : before),
    /** All of it. */
    takeAll: (): Gathered => takeUpTo(all()),
  }
}
