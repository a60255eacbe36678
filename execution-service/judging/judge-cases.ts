import type { CasesListener, RunReport } from '@runledger/sandbox/sandbox.ts'
import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import type { Outcome } from '@runledger/shared-kernel/types/outcome.ts'
import type { TestCase, TestPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import { collectOutput, type Written } from './collect-output.ts'
import { isAsExpected } from './comparison/is-as-expected.ts'

/** What the program did in one case, and what is said of it. `index` counts from 0. */
export type JudgedCase = Readonly<{ index: number; outcome: Outcome; report: RunReport; written: Written }>

export type CaseJudge = Readonly<{
  listener: Pick<CasesListener, 'output' | 'ended'>
  judged: () => ReadonlyArray<Omit<JudgedCase, 'written'>>
}>

/** Where a program ended well, its output decides, if any was expected. */
const outcomeOf = (
  { expectedOutput }: TestCase,
  { comparison }: TestPlan,
  { outcome }: RunReport,
  { stdout }: Written,
): Outcome => {
  if (outcome !== 'success' || expectedOutput === null) return outcome
  return isAsExpected(comparison, stdout, decodeBytes(expectedOutput)) ? 'accepted' : 'wrong_answer'
}

export const hasPassed = (outcome: Outcome): boolean => outcome === 'accepted' || outcome === 'success'

/** Judges cases as they end: here, outside of every container, is all that is known of what was expected. */
export const createCaseJudge = (plan: TestPlan, onJudged: (judged: JudgedCase) => void): CaseJudge => {
  const judged: Array<Omit<JudgedCase, 'written'>> = []
  let collected = collectOutput()

  const ended = (report: RunReport): boolean => {
    const index = judged.length
    const testCase = plan.cases[index]
    if (testCase === undefined) throw new Error(`there is no test case ${index}`)
    const written = collected.written()
    collected = collectOutput()
    const outcome = outcomeOf(testCase, plan, report, written)
    judged.push({ index, outcome, report })
    onJudged({ index, outcome, report, written })
    return hasPassed(outcome) || !plan.stopOnFirstFailure
  }

  return { listener: { output: output => collected.add(output), ended }, judged: () => judged }
}
