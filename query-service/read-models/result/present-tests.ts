import type { TestPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import type { OpenResult } from './result.ts'
import type { CaseRow } from './result-body.ts'

const presentOutput = ({ written: { stdout, stderr } }: CaseRow) => {
  const encoding = stdout.encoding === stderr.encoding ? stdout.encoding : 'base64'
  const text = ({ content, encoding: own }: typeof stdout) =>
    own === encoding ? content : Buffer.from(content, own).toString(encoding)
  return { stdOutput: text(stdout), stdError: text(stderr), encoding }
}

const presentCase = (plan: TestPlan | undefined) => (row: CaseRow) => {
  const { outcome, reason, exitCode, signal, usage, truncated, index } = row
  return {
    name: plan?.cases[index]?.name ?? String(index + 1),
    ...{ outcome, reason, exitCode, signal, usage, truncated },
    ...presentOutput(row),
  }
}

/** How many test cases there were, have run and passed, and each that has run; nothing where there were none. */
export const presentTests = ({ body, content }: OpenResult) => {
  const summary = body.verdict?.tests
  if (summary === undefined) return {}
  if (content === null) return { testSummary: summary }
  return { testSummary: summary, tests: content.cases.map(presentCase(content.input.tests)) }
}
