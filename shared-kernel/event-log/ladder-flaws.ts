import { schemaName, type Versioned } from './versioned.ts'

const schemasOf = (versions: ReadonlyArray<Versioned>, type: string): ReadonlyArray<number> =>
  versions.filter(version => version.type === type).map(({ schema }) => schema)

const flawAt = (current: ReadonlyArray<number>, steps: ReadonlyArray<number>, schema: number): string | null => {
  const leading = steps.filter(step => step === schema).length
  if (current.includes(schema)) return leading > 0 ? 'is current, and is upcast' : null
  if (leading > 1) return 'is upcast in several ways'
  return leading === 0 ? 'is neither current nor upcast' : null
}

const flawsOf = (type: string, current: ReadonlyArray<number>, steps: ReadonlyArray<number>): ReadonlyArray<string> => {
  const highest = Math.max(0, ...current)
  const beyond = steps
    .filter(step => step > highest)
    .map(schema => ({ schema, flaw: 'is upcast beyond what is current' }))
  const within = Array.from({ length: highest }, (_, below) => below + 1).map(schema => ({
    schema,
    flaw: flawAt(current, steps, schema),
  }))
  return [...within, ...beyond].flatMap(({ schema, flaw }) =>
    flaw === null ? [] : `${schemaName({ type, schema })} ${flaw}`,
  )
}

/**
 * Why some schema an event may have been written with would not be read, in words. None: each from the first to the
 * highest is current, or climbs to one that is by exactly one way.
 */
export const ladderFlaws = (
  current: ReadonlyArray<Versioned>,
  steps: ReadonlyArray<Versioned>,
): ReadonlyArray<string> => {
  const types = new Set([...current, ...steps].map(({ type }) => type))
  return [...types].flatMap(type => flawsOf(type, schemasOf(current, type), schemasOf(steps, type)))
}
