import type { Query } from './read-model-store.ts'

/** From `from` on, and below `below`; null: no bound. */
export type IdRange = Readonly<{ from: string | null; below: string | null }>

// The least text that is greater than every one that begins so: ids are compared by their characters.
const behind = (prefix: string): string =>
  `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`

/** Where ids that begin with a query's prefix lie. */
export const idRange = ({ prefix = '' }: Pick<Query, 'prefix'>): IdRange =>
  prefix === '' ? { from: null, below: null } : { from: prefix, below: behind(prefix) }
