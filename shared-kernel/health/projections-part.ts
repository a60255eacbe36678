import type { Part } from './readiness.ts'

/** What projections cannot apply is a warning: results of other streams are there, and the log answers for the rest. */
export const projectionsPart = ({ problems }: Readonly<{ problems: ReadonlyArray<string> }>): Part => ({
  part: 'projections',
  problems: [],
  warnings: problems,
})
