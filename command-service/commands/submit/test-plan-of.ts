import type { PhaseLimits } from '@runledger/shared-kernel/config/limit-policy.ts'
import { effectiveLimits } from '@runledger/shared-kernel/languages/effective-limits.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { Comparison, TestCase, TestPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import type { SubmitBody } from './submit-body.ts'

type Place = Readonly<{ policy: PhaseLimits; language: Pick<Language, 'runFactors'> }>

/** What judges take where nothing is said. */
const usualTolerance = 1e-6

const comparisonOf = ({ comparison = 'trimmed', tolerance = {} }: SubmitBody): Comparison => {
  if (comparison !== 'float') return { mode: comparison }
  const { absolute = usualTolerance, relative = usualTolerance } = tolerance
  return { mode: comparison, absolute, relative }
}

const casesOf = (body: SubmitBody, { policy, language }: Place): ReadonlyArray<TestCase> =>
  (body.tests ?? []).map(
    ({ name, stdin = '', args = body.args ?? [], expectedOutput, encoding = 'utf8', limits }, index): TestCase => ({
      name: name ?? String(index + 1),
      stdin: { content: stdin, encoding },
      args,
      expectedOutput: expectedOutput === undefined ? null : { content: expectedOutput, encoding },
      ...(limits === undefined
        ? {}
        : { limits: effectiveLimits(policy, language.runFactors, { ...body.limits, ...limits }) }),
    }),
  )

const onlyCase = ({ stdInput, stdInputEncoding, args = [] }: SubmitBody, expectedOutput: string): TestCase => ({
  name: '1',
  stdin: { content: stdInput ?? '', encoding: stdInputEncoding ?? 'utf8' },
  args,
  expectedOutput: { content: expectedOutput, encoding: 'utf8' },
})

/** What a body wants the program to be judged by; null: it is only run. An expected output alone is one case. */
export const testPlanOf = (body: SubmitBody, place: Place): TestPlan | null => {
  const { tests, expectedOutput, stopOnFirstFailure = false } = body
  const plan = { comparison: comparisonOf(body), stopOnFirstFailure }
  if (tests !== undefined) return { cases: casesOf(body, place), ...plan }
  return expectedOutput === undefined ? null : { cases: [onlyCase(body, expectedOutput)], ...plan }
}
