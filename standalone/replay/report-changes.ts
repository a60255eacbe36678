import { isLeft } from 'fp-ts/lib/Either.js'
import type { ComparedReplay } from './api-answers.ts'
import type { Replayed } from './replay-many.ts'

type Difference = NonNullable<ComparedReplay['output']['firstDifference']>

const longestExcerpt = 24

const shown = ({ content, encoding }: Difference['original']): string => {
  const quoted = JSON.stringify(content.slice(0, longestExcerpt))
  return `${encoding === 'base64' ? 'base64 ' : ''}${quoted}${content.length > longestExcerpt ? '...' : ''}`
}

const exitText = ({ exitCode, signal }: ComparedReplay['exit']['original']): string =>
  signal ?? (exitCode === null ? 'none' : String(exitCode))

const outputText = ({ stream, offset, original, replay }: Difference): string =>
  `${stream} at byte ${offset}: ${shown(original)} -> ${shown(replay)}`

/** What a judge would see changed, one text for each. */
const changesOf = ({ outcome, exit, output }: ComparedReplay): ReadonlyArray<string> => [
  ...(outcome.same ? [] : [`outcome: ${outcome.original ?? 'none'} -> ${outcome.replay ?? 'none'}`]),
  ...(exit.same ? [] : [`exit: ${exitText(exit.original)} -> ${exitText(exit.replay)}`]),
  ...(output.firstDifference === null ? [] : [outputText(output.firstDifference)]),
]

const linesOf = ({ id, compared }: Replayed): ReadonlyArray<string> => {
  if (isLeft(compared)) return [`${id}  not replayed: ${compared.left}`]
  if (compared.right.same) return []
  const changes = changesOf(compared.right)
  return (changes.length === 0 ? [`status: ${compared.right.status}`] : changes).map(change => `${id}  ${change}`)
}

export type Report = Readonly<{ lines: ReadonlyArray<string>; changed: number; failed: number }>

/** A line for each change, then how many there were. */
export const reportChanges = (replayed: ReadonlyArray<Replayed>, asked: number): Report => {
  const compared = replayed.flatMap(({ compared }) => (isLeft(compared) ? [] : [compared.right]))
  const changed = compared.filter(({ same }) => !same).length
  const failed = replayed.length - compared.length
  const otherImage = compared.filter(({ image }) => !image.same).length
  const counts = [
    `${compared.length} of ${asked} replayed, ${otherImage} of them on another image`,
    ...[`${compared.length - changed} the same`, `${changed} changed`, `${failed} not replayed`],
  ]
  return { lines: [...replayed.flatMap(linesOf), counts.join('; ')], changed, failed }
}
