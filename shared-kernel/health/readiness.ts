/** A part of the system, and what is wrong with it now. With `problems` it is of no use; with `warnings` it still serves. */
export type Part = Readonly<{
  part: string
  problems: ReadonlyArray<string>
  warnings?: ReadonlyArray<string>
  /** What it stands on, for whoever operates it. */
  facts?: Facts
}>

type Facts = Readonly<Record<string, string | boolean>>

type Finding = Readonly<{ part: string; problem: string }>

export type Readiness = Readonly<{
  ready: boolean
  problems: ReadonlyArray<Finding>
  warnings: ReadonlyArray<Finding>
  /** Of the parts that tell any, by their names. */
  facts: Readonly<Record<string, Facts>>
}>

/** Ready where no part has a problem. */
export const readinessOf = (parts: ReadonlyArray<Part>): Readiness => {
  const problems = parts.flatMap(({ part, problems }) => problems.map(problem => ({ part, problem })))
  const warnings = parts.flatMap(({ part, warnings = [] }) => warnings.map(problem => ({ part, problem })))
  const facts = Object.fromEntries(
    parts.flatMap(({ part, facts }) => (facts === undefined ? [] : [[part, facts] as const])),
  )
  return { ready: problems.length === 0, problems, warnings, facts }
}
