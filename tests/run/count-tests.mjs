/**
 * Totals of a run. A file that does not load counts as one failure, and so does a run that found no test or met an error
 * outside any test.
 * @typedef {{ passed: number, failed: number }} TestCount
 */

/**
 * @typedef {object} JsonReport the part of vitest's JSON report that is read here
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { status: string, assertionResults: readonly { status: string }[] }[]} testResults
 */

/** @param {JsonReport} report */
const filesNotLoaded = ({ testResults }) =>
  testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some(assertion => assertion.status === 'failed'),
  ).length

/**
 * Skipped and unwritten tests count as failed: a suite that leaves something out has not passed.
 * @param {JsonReport} report
 * @returns {TestCount}
 */
export const countTests = report => {
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = report
  const failed = numFailedTests + numPendingTests + numTodoTests + filesNotLoaded(report)
  const unexplained = failed === 0 && (!report.success || passed === 0)
  return { passed, failed: unexplained ? 1 : failed }
}
