import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { quickDecoder } from '@runledger/shared-kernel/types/quick-decoder.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Addition } from './across-streams.ts'

const tally = t.strict(
  { time: t.string, key: t.string, counts: t.record(t.string, t.number), latest: t.string },
  'Tally',
)
export type Tally = Readonly<t.TypeOf<typeof tally>>

export const tallyId = ({ time, key }: Pick<Tally, 'time' | 'key'>, partition: number): string =>
  `${time} ${key} ${String(partition).padStart(6, '0')}`

const decode = quickDecoder(tally)

export const tallyOf = ({ id, body }: Document): Tally => {
  const decoded = decode(body)
  if (isLeft(decoded)) throw new Error(`the tally ${id} has another shape`)
  return decoded.right
}

/** What all of these come to, each of the same time and key; null where there are none. */
export const sumOf = ([first, ...others]: ReadonlyArray<Tally | Addition>): Tally | null => {
  if (first === undefined) return null
  const counts: Record<string, number> = { ...first.counts }
  let { latest } = first
  for (const other of others) {
    for (const name in other.counts) counts[name] = (counts[name] ?? 0) + (other.counts[name] ?? 0)
    if (other.latest > latest) latest = other.latest
  }
  return { time: first.time, key: first.key, counts, latest }
}
