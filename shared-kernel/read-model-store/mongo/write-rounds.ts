import type { Write } from '../read-model-store.ts'

const idOf = (write: Write): string => (write.kind === 'delete' ? write.id : write.document.id)

const isRow = ({ kind }: Write): boolean => kind === 'insert'

/** Writes in the order given wherever that matters to one document: each of these holds at most one write to it. */
const byTurn = (writes: ReadonlyArray<Write>): ReadonlyArray<ReadonlyArray<Write>> => {
  const earlier = new Map<string, number>()
  const turns: Array<Array<Write>> = []
  for (const write of writes) {
    const key = `${write.collection} ${idOf(write)}`
    const turn = earlier.get(key) ?? 0
    earlier.set(key, turn + 1)
    const of = turns[turn] ?? []
    of.push(write)
    turns[turn] = of
  }
  return turns
}

/**
 * Writes that may be done at once, round after round. Rows go before documents: wherever this is cut short, no document
 * speaks of rows that are not there, and would never be folded over them again.
 */
export const writeRounds = (writes: ReadonlyArray<Write>): ReadonlyArray<ReadonlyArray<Write>> =>
  byTurn(writes).flatMap(turn =>
    [turn.filter(isRow), turn.filter(write => !isRow(write))].filter(({ length }) => length > 0),
  )
