const payloads = new Set([
  'args',
  'body',
  'bytes',
  'chunks',
  'code',
  'content',
  'data',
  'events',
  'files',
  'output',
  'stdErr',
  'stdError',
  'stdIn',
  'stdInput',
  'stdOutput',
  'stderr',
  'stdin',
  'stdout',
])

const deepest = 4

/** A second line of defence: members that carry what users sent or programs wrote are not logged, at any depth. */
export const censored = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => censor(fields, 0)

const censor = (fields: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, censoredMember(name, value, depth)]))

const censoredMember = (name: string, value: unknown, depth: number): unknown => {
  if (payloads.has(name) && !isHarmless(value)) return '[payload]'
  if (value === null || typeof value !== 'object' || value instanceof Error) return value
  if (depth >= deepest) return '[deep]'
  return Array.isArray(value)
    ? value.map(member => censoredMember(name, member, depth + 1))
    : censor(value as Record<string, unknown>, depth + 1)
}

/** Counts and sizes, exit codes, and what system errors call their `code`. */
const isHarmless = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^E[A-Z]{1,20}$/.test(value))
