import { isLeft } from 'fp-ts/lib/Either.js'
import type { ComparedReplay } from './api-answers.ts'
import type { Replayed } from './replay-many.ts'

type Difference = NonNullable<ComparedReplay['output']['firstDifference']>

/** Of which submission, what changed, from what, to what. */
type Row = readonly [string, string, string, string]

const header: Row = ['SUBMISSION', 'CHANGED', 'ORIGINAL', 'REPLAY']
const longestExcerpt = 24

const shown = ({ content, encoding }: Difference['original']): string => {
  const quoted = JSON.stringify(content.slice(0, longestExcerpt).toWellFormed())
  return `${encoding === 'base64' ? 'base64 ' : ''}${quoted}${content.length > longestExcerpt ? '...' : ''}`
}

const exitText = ({ exitCode, signal }: ComparedReplay['exit']['original']): string =>
  signal ?? (exitCode === null ? 'none' : String(exitCode))

const outputRow = (id: string, { stream, offset, original, replay }: Difference): Row => [
  id,
  `${stream} at byte ${offset}`,
  shown(original),
  shown(replay),
]

/** What a judge would see changed, a row for each. */
const changesOf = (id: string, { outcome, exit, output }: ComparedReplay): ReadonlyArray<Row> => [
  ...(outcome.same ? [] : [[id, 'outcome', outcome.original ?? 'none', outcome.replay ?? 'none'] as const]),
  ...(exit.same ? [] : [[id, 'exit', exitText(exit.original), exitText(exit.replay)] as const]),
  ...(output.firstDifference === null ? [] : [outputRow(id, output.firstDifference)]),
]

const rowsOf = ({ id, compared }: Replayed): ReadonlyArray<Row> => {
  if (isLeft(compared)) return [[id, 'not replayed', '', compared.left]]
  if (compared.right.same) return []
  const changes = changesOf(id, compared.right)
  return changes.length === 0 ? [[id, 'status', '', compared.right.status]] : changes
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
