import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runWithPackagedNode } from '../../standalone/setup/run-with-packaged-node.mjs'
import { SetupProblem } from '../../standalone/setup/setup-problem.mjs'
import { countTests } from './count-tests.mjs'

/**
 * @param {string} file
 * @returns {import('./count-tests.mjs').JsonReport}
 */
const readReport = file => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new SetupProblem('vitest ended without a report', { cause: error })
  }
}

/**
 * Runs the suites that `filters` select (all where there are none), shows them as they go, and counts.
 * @param {string} root
 * @param {readonly string[]} filters vitest's own arguments
 */
export const runSuites = async (root, filters) => {
  const folder = mkdtempSync(join(tmpdir(), 'runledger-tests-'))
  const report = join(folder, 'report.json')
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    const exitCode = await runWithPackagedNode(root, [vitest, 'run', ...reporters, ...filters])
    const count = countTests(readReport(report))
    return exitCode !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } finally {
    rmSync(folder, { recursive: true })
  }
}
