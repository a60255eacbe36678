import { isLeft } from 'fp-ts/lib/Either.js'
import { changesOf } from './changes-of.ts'
import type { Replayed } from './replay-many.ts'

/** Of which submission, what changed, from what, to what. */
type Row = readonly [string, string, string, string]

const header: Row = ['SUBMISSION', 'CHANGED', 'ORIGINAL', 'REPLAY']
const rowsOf = ({ id, compared }: Replayed): ReadonlyArray<Row> => {
  if (isLeft(compared)) return [[id, 'not replayed', '', compared.left]]
  if (compared.right.same) return []
  const changes = changesOf(compared.right)
  if (changes.length === 0) return [[id, 'status', '', compared.right.status]]
  return changes.map(({ what, original, replay }) => [id, what, original, replay])
}

const aligned = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const widths = header.map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
}

type Report = Readonly<{ lines: ReadonlyArray<string>; changed: number; failed: number }>

/** A table of what changed, where anything did, then how many there were of each kind. */
export const reportChanges = (replayed: ReadonlyArray<Replayed>, asked: number): Report => {
  const compared = replayed.flatMap(({ compared }) => (isLeft(compared) ? [] : [compared.right]))
  const changed = compared.filter(({ same }) => !same).length
  const failed = replayed.length - compared.length
  const otherImage = compared.filter(({ image }) => !image.same).length
  const counts = [
    `${compared.length} of ${asked} replayed, ${otherImage} of them on another image`,
    ...[`${compared.length - changed} the same`, `${changed} changed`, `${failed} not replayed`],
  ]
  const rows = replayed.flatMap(rowsOf)
  const table = rows.length === 0 ? [] : aligned([header, ...rows])
  return { lines: [...table.map(line => line.trimEnd()), counts.join('; ')], changed, failed }
}
