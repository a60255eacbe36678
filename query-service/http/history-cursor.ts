import { createHash } from 'node:crypto'
import type { HistoryFilter } from '../read-models/history/find-history.ts'

const placePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z [0-9a-f-]{36}$/
const separator = '.'

const fingerprint = ({ tenant, status, language, outcome, from, to }: HistoryFilter): string =>
  createHash('sha256')
    .update(JSON.stringify([tenant, status, language, outcome, from, to].map(value => value ?? null)))
    .digest('base64url')
    .slice(0, 12)

/** A place in the history of a filter, opaque to clients. */
export const historyCursor = (filter: HistoryFilter, place: string): string =>
  `${fingerprint(filter)}${separator}${Buffer.from(place).toString('base64url')}`

/** The place a cursor stands for; null where it is none of ours, or that of another filter. */
export const readHistoryCursor = (filter: HistoryFilter, cursor: string): string | null => {
  const place = Buffer.from(cursor.split(separator)[1] ?? '', 'base64url').toString('latin1')
  return placePattern.test(place) && historyCursor(filter, place) === cursor ? place : null
}
