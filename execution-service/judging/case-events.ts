import type { RunReport, Usage } from '@runledger/sandbox/sandbox.ts'
import type { ExecutionCompleted } from '@runledger/shared-kernel/domain-events/execution-completed.ts'
import type { RecordTestCases } from '@runledger/shared-kernel/submission/submission-command.ts'
import { encodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import type { Outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { completionData } from '../worker/attempt-events.ts'
import { keptBytes } from './collect-output.ts'
import { hasPassed, type JudgedCase } from './judge-cases.ts'

const kept = (bytes: Uint8Array) => encodeBytes(bytes.slice(0, keptBytes))

export const testCaseData = ({ index, outcome, report, written }: JudgedCase): RecordTestCases['cases'][number] => {
  const { attempt: _, tests: __, ...data } = completionData(0, report)
  return { ...data, index, outcome, stdout: kept(written.stdout), stderr: kept(written.stderr) }
}

const together = (one: Usage, other: Usage): Usage => ({
  cpuMs: one.cpuMs + other.cpuMs,
  cpuUserMs: one.cpuUserMs + other.cpuUserMs,
  cpuSystemMs: one.cpuSystemMs + other.cpuSystemMs,
  wallMs: one.wallMs + other.wallMs,
  memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
  memorySource: one.memoryBytes >= other.memoryBytes ? one.memorySource : other.memorySource,
})

const usageOfAll = (cases: ReadonlyArray<Pick<JudgedCase, 'report'>>): Usage | null =>
  cases
    .map(({ report }) => report.usage)
    .reduce((sum, usage) => (sum === null || usage === null ? (sum ?? usage) : together(sum, usage)), null)

// No output of its own: what was written is told by case.
const nothingWritten = { stdout: { bytes: 0, truncated: false }, stderr: { bytes: 0, truncated: false } }

type Judged = ReadonlyArray<Omit<JudgedCase, 'written'>>

const outcomeOfAll = (cases: Judged): Outcome =>
  cases.some(({ outcome }) => outcome === 'accepted') ? 'accepted' : 'success'

/** What is recorded of a program that was judged by cases: the first that failed decides. At least one has run. */
export const casesCompletion = (attempt: number, cases: Judged, total: number): ExecutionCompleted['data'] => {
  const failed = cases.find(({ outcome }) => !hasPassed(outcome))
  const decisive = failed ?? cases.at(-1)
  if (decisive === undefined) throw new Error('no test case has run')
  const report: RunReport = { ...decisive.report, usage: usageOfAll(cases), output: nothingWritten }
  const passed = cases.filter(({ outcome }) => hasPassed(outcome)).length
  return {
    ...completionData(attempt, report),
    outcome: failed?.outcome ?? outcomeOfAll(cases),
    tests: { total, run: cases.length, passed },
  }
}

/** The same where it did not compile. */
export const compilationFailed = (attempt: number, report: RunReport, total: number): ExecutionCompleted['data'] => ({
  ...completionData(attempt, report),
  tests: { total, run: 0, passed: 0 },
})
