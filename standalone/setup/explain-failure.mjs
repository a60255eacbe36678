import { announce } from './announce.mjs'
import { SetupProblem } from './setup-problem.mjs'

/**
 * A problem of the machine is told in words; anything else is a defect and keeps its stack.
 * @param {unknown} error
 */
export const explainFailure = error => {
  const text = error instanceof SetupProblem ? error.message : error instanceof Error ? error.stack : String(error)
  announce(`${text}`)
  process.exitCode = 1
}
