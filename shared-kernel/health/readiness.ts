/** A part of the system, and what is wrong with it now. */
export type Part = Readonly<{ part: string; problems: ReadonlyArray<string> }>

export type Readiness = Readonly<{
  ready: boolean
  problems: ReadonlyArray<Readonly<{ part: string; problem: string }>>
}>

/** Ready where no part has a problem. */
export const readinessOf = (parts: ReadonlyArray<Part>): Readiness => {
  const problems = parts.flatMap(({ part, problems }) => problems.map(problem => ({ part, problem })))
  return { ready: problems.length === 0, problems }
}
