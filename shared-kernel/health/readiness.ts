/** A part of the system, and what is wrong with it now. With `problems` it is of no use; with `warnings` it still serves. */
export type Part = Readonly<{ part: string; problems: ReadonlyArray<string>; warnings?: ReadonlyArray<string> }>

type Finding = Readonly<{ part: string; problem: string }>

export type Readiness = Readonly<{
  ready: boolean
  problems: ReadonlyArray<Finding>
  warnings: ReadonlyArray<Finding>
}>

/** Ready where no part has a problem. */
export const readinessOf = (parts: ReadonlyArray<Part>): Readiness => {
  const problems = parts.flatMap(({ part, problems }) => problems.map(problem => ({ part, problem })))
  const warnings = parts.flatMap(({ part, warnings = [] }) => warnings.map(problem => ({ part, problem })))
  return { ready: problems.length === 0, problems, warnings }
}
