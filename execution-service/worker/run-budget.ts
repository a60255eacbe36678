import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'

/** Put back what was compiled, clean up, or begin in a new container: for each test case, beside its own time. */
const betweenCasesMs = 2_000

/** How long an attempt may take by the limits of all that it runs. */
export const runBudgetMs = ({ limits, compileLimits, tests }: SubmissionReceived['data']): number => {
  const runs = tests?.cases.map(({ limits: own = limits }) => own.wallTimeMs + betweenCasesMs) ?? [limits.wallTimeMs]
  return runs.reduce((sum, wallTimeMs) => sum + wallTimeMs, compileLimits.wallTimeMs)
}
