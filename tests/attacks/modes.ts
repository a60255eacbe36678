/** How containers serve runs: what `SANDBOX_ISOLATION` may be. Every attack is run against each. */
const allModes = ['single-use'] as const

export type Mode = (typeof allModes)[number]

const named = process.env['ATTACK_MODES']?.split(',') ?? ['single-use']

/** `npm run test:attacks` takes all of them, a run of all suites the strictest one. */
export const modes: ReadonlyArray<Mode> = allModes.filter(mode => named.includes(mode) || named.includes('all'))
