import type { Case, RunRequest, Sandbox, SandboxFault } from '@runledger/sandbox/sandbox.ts'
import type { ExecutionCompleted } from '@runledger/shared-kernel/domain-events/execution-completed.ts'
import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import type { TestPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import * as E from 'fp-ts/lib/Either.js'
import { casesCompletion, compilationFailed, testCaseData } from '../judging/case-events.ts'
import { createCaseJudge } from '../judging/judge-cases.ts'
import type { AttemptRecorder } from './attempt-recorder.ts'

type Work = Readonly<{
  sandbox: Pick<Sandbox, 'runCases'>
  recorder: Pick<AttemptRecorder, 'listener' | 'testCase'>
  attempt: number
  request: RunRequest
  plan: TestPlan
}>

const casesOf = ({ cases }: TestPlan, request: RunRequest): ReadonlyArray<Case> =>
  cases.map(({ args, stdin, limits = request.limits }) => ({ args, stdin: decodeBytes(stdin), limits }))

/** Runs a program for each of its test cases, records them as they end, and answers what is to be recorded of all. */
export const runCases = async (
  { sandbox, recorder, attempt, request, plan }: Work,
  signal: AbortSignal,
): Promise<E.Either<SandboxFault, ExecutionCompleted['data']>> => {
  const judge = createCaseJudge(plan, judged => recorder.testCase(testCaseData(judged)))
  const { args: _, stdin: __, ...program } = request
  const listener = { compiled: recorder.listener.compiled, ...judge.listener }
  const cases = { cases: casesOf(plan, request), mayStop: plan.stopOnFirstFailure }
  const ran = await sandbox.runCases({ ...program, ...cases }, listener, signal)()
  const total = plan.cases.length
  return E.map((failed: Parameters<typeof compilationFailed>[1] | null) =>
    failed === null ? casesCompletion(attempt, judge.judged(), total) : compilationFailed(attempt, failed, total),
  )(ran)
}
