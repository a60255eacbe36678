import { describe, expect, it } from 'vitest'
import { countTests } from './count-tests.mjs'

const report = {
  success: true,
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
}

describe('the count of a test run', () => {
  it('is what passed and what failed', () => {
    expect(countTests({ ...report, success: false, numFailedTests: 2 })).toEqual({ passed: 3, failed: 2 })
  })

  it('counts a file that did not load as a failure', () => {
    const testResults = [...report.testResults, { status: 'failed', assertionResults: [] }]
    expect(countTests({ ...report, success: false, testResults })).toEqual({ passed: 3, failed: 1 })
  })

  it('counts what was skipped or only planned as failed', () => {
    expect(countTests({ ...report, numPendingTests: 1, numTodoTests: 1 })).toEqual({ passed: 3, failed: 2 })
  })

  it('is a failure where no test was found', () => {
    expect(countTests({ ...report, numPassedTests: 0, testResults: [] })).toEqual({ passed: 0, failed: 1 })
  })

  it('is a failure where the run failed outside any test', () => {
    expect(countTests({ ...report, success: false })).toEqual({ passed: 3, failed: 1 })
  })
})
