/**
 * How containers serve runs: what `SANDBOX_ISOLATION` may be. Every attack is run against each. `containers`: how many there
 * may be while nothing runs, for each program that may run at once: four warm, two whose start outlived its demand, and
 * four kept for their tenants.
 */
const allModes = [
  { name: 'single-use', containers: 4 + 2 },
  { name: 'per-tenant', containers: 4 + 2 + 4 },
] as const

export type Mode = (typeof allModes)[number]

const named = process.env['ATTACK_MODES']?.split(',') ?? ['single-use']

/** `npm run test:attacks` takes all of them, a run of all suites the strictest one. */
export const modes: ReadonlyArray<Mode> = allModes.filter(({ name }) => named.includes(name) || named.includes('all'))
