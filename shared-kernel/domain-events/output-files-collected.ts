import * as t from 'io-ts'
import { leftOutFile } from '../types/left-out-file.ts'
import { naturalNumber, positiveInteger } from '../types/primitives.ts'
import { sealedText } from '../types/sealed-text.ts'
import { domainEventCodec } from './domain-event-codec.ts'

const known = { attempt: positiveInteger, sizes: t.readonlyArray(naturalNumber), leftOutInAll: naturalNumber }

/** Of which files only the beginning is kept, and how large they were; only where there are any. */
export const cutFiles = t.exact(
  t.partial({ cut: t.readonlyArray(t.strict({ file: naturalNumber, size: naturalNumber }, 'CutFile')) }),
)

const names = { paths: t.readonlyArray(t.string), leftOut: t.readonlyArray(leftOutFile) }

/** What is secret of it. */
export const collectedNames = t.strict(names, 'CollectedNames')

/**
 * The files that a program left and that were asked for, `paths` and `sizes` (what is kept) in the same order, before their content;
 * `leftOut` is the beginning of what is not among them, `leftOutInAll` its number.
 */
export const outputFilesCollected = domainEventCodec(
  'OutputFilesCollected',
  1,
  t.intersection([t.strict({ ...known, ...names }), cutFiles]),
)
export type OutputFilesCollected = t.TypeOf<typeof outputFilesCollected>

/** The same as the log keeps it: `sealed` holds the JSON of all names. */
export const sealedOutputFilesCollected = domainEventCodec(
  'OutputFilesCollected',
  2,
  t.intersection([t.strict({ ...known, sealed: sealedText }), cutFiles]),
)
export type SealedOutputFilesCollected = t.TypeOf<typeof sealedOutputFilesCollected>
