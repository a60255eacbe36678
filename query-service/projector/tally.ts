import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
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

export const tallyOf = ({ id, body }: Document): Tally => {
  const decoded = tally.decode(body)
  if (isLeft(decoded)) throw new Error(`the tally ${id} has another shape`)
  return decoded.right
}

export const add = (known: Tally | null, { time, key, counts, latest }: Addition): Tally => {
  const sums = new Map(Object.entries(known?.counts ?? {}))
  for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count)
  const before = known?.latest ?? ''
  return { time, key, counts: Object.fromEntries(sums), latest: latest > before ? latest : before }
}
