import { announce } from '../../standalone/setup/announce.mjs'
import { SetupProblem } from '../../standalone/setup/setup-problem.mjs'

const onBoth = ['tests/faults/**', 'tests/acceptance/{on-mongodb,retention}.test.ts', 'tests/transcript/**']

const suitesThatNeed = {
  MongoDB: ['tests/mongo/**', ...onBoth],
  Redis: ['tests/redis/**', ...onBoth],
}

const servers = /** @type {const} */ (['MongoDB', 'Redis'])

/**
 * Patterns of the suites that cannot run here, named in one line; never marked skipped. Where CI is set, all must run.
 * @param {Record<keyof typeof suitesThatNeed, boolean>} present
 */
export const suitesLeftOut = present => {
  const missing = servers.filter(server => !present[server])
  const patterns = [...new Set(missing.flatMap(server => suitesThatNeed[server]))]
  if (patterns.length === 0) return patterns
  const told = `left out, since there is no ${missing.join(' and no ')}: ${patterns.join(', ')}`
  if (process.env['CI']) throw new SetupProblem(told)
  announce(told)
  return patterns
}
