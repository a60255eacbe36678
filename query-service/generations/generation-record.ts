import { naturalNumber, positiveInteger } from '@runledger/shared-kernel/types/primitives.ts'
import * as t from 'io-ts'

/**
 * `building`: made from the log beside the one that is read. `following`: made and found right; it follows the log and is
 * not yet read. `ready`: it may be read. `dropping`: its collections are about to go.
 */
const state = t.keyof({ building: null, following: null, ready: null, failed: null, dropping: null }, 'GenerationState')

/** `code` is the version of the code that folds it; `swaps`: it is read as soon as it is ready. */
const generation = t.strict(
  {
    number: positiveInteger,
    code: positiveInteger,
    state,
    swaps: t.boolean,
    reason: t.union([t.string, t.null]),
  },
  'Generation',
)
export type Generation = Readonly<t.TypeOf<typeof generation>>

/**
 * What is known of one projection: the generation that is read (`active`), every other one, the number of the next, and
 * how often it was asked to replay parked streams.
 */
export const generationRecord = t.strict(
  {
    active: positiveInteger,
    next: positiveInteger,
    replays: naturalNumber,
    generations: t.readonlyArray(generation),
  },
  'GenerationRecord',
)
export type GenerationRecord = Readonly<t.TypeOf<typeof generationRecord>>

export const isLive = ({ active }: GenerationRecord, { number, state }: Generation): boolean =>
  number === active && state === 'ready'

/** What an operator is told of a generation. */
export const shownState = (
  record: GenerationRecord,
  generation: Generation,
): 'building' | 'live' | 'standby' | 'failed' => {
  if (isLive(record, generation)) return 'live'
  if (generation.state === 'failed') return 'failed'
  return generation.state === 'building' || generation.state === 'following' ? 'building' : 'standby'
}
