import * as t from 'io-ts'
import { naturalNumber, positiveInteger } from '../../types/primitives.ts'

/** Partitions that have grown, and who says so: its own listeners know already. */
export const wakeUpMessage = t.strict(
  { from: t.string, positions: t.array(t.strict({ p: naturalNumber, n: positiveInteger })) },
  'WakeUpMessage',
)
