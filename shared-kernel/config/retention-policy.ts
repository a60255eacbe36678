import { textCodec } from './variable.ts'

/** After how many days the content of a submission is erased; null: never. A tenant of its own line goes by that alone. */
export type RetentionPolicy = Readonly<{ days: number | null; daysByTenant: ReadonlyMap<string, number> }>

const mostDays = 36_500

const daysIn = (text: string): number | null => {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return days >= 1 && days <= mostDays ? days : null
}

/** Unset is 0: for ever. */
export const retentionDays = textCodec(`a number of days from 1 to ${mostDays}`, text =>
  text === '' ? 0 : daysIn(text),
)

const readTenant = (line: string): readonly [string, number] | null => {
  const [, tenant, text] = /^([^=\s]+)=(\d+)$/.exec(line) ?? []
  const days = daysIn(text ?? '')
  return tenant === undefined || days === null ? null : [tenant, days]
}

const readTenants = (text: string): ReadonlyMap<string, number> | null => {
  if (text === '') return new Map()
  const lines = text.split(',').map(line => readTenant(line.trim()))
  const known = lines.filter(line => line !== null)
  const tenants = new Map(known)
  return known.length === lines.length && tenants.size === lines.length ? tenants : null
}

export const retentionDaysByTenant = textCodec(
  `tenants with their days, each once, like acme=30,school=365 (1 to ${mostDays} days)`,
  readTenants,
)
