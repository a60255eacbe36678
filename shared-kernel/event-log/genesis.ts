import * as t from 'io-ts'
import { positiveInteger } from '../types/primitives.ts'
import { partitionHash } from './partition-of.ts'

export const genesis = t.strict(
  { logId: t.string, partitions: positiveInteger, partitionHash: t.string, format: positiveInteger },
  'Genesis',
)

/** What a log is from its first day on. */
export type Genesis = t.TypeOf<typeof genesis>

/** `format`: how this version lays a log out in that store. `partitions`: as many as were asked for, if any were. */
type Expected = Readonly<{ format: number; partitions: number | undefined }>

/** Why this version must not work on the log, in words; null where it may. */
export const genesisProblem = (found: Genesis, { format, partitions }: Expected): string | null => {
  if (found.format !== format) {
    return `it has format ${found.format}, this version reads ${format}; run the version that wrote it`
  }
  if (found.partitionHash !== partitionHash) {
    return `its streams are placed by ${found.partitionHash}, this version knows ${partitionHash}; run the version that wrote it`
  }
  if (partitions !== undefined && partitions !== found.partitions) {
    return `it has ${found.partitions} partitions for ever, ${partitions} were asked for; configure ${found.partitions}`
  }
  return null
}
