import type { Compilation, RunReport, Usage } from '@runledger/sandbox/sandbox.ts'
import type { CompilationCompleted } from '@runledger/shared-kernel/domain-events/compilation-completed.ts'
import type { ExecutionCompleted } from '@runledger/shared-kernel/domain-events/execution-completed.ts'
import { encodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import * as t from 'io-ts'

// Its parts are rounded so that they make up the whole.
const recordedUsage = ({ cpuMs, cpuUserMs, wallMs, memoryBytes, memorySource }: Usage) => ({
  cpuMs: Math.round(cpuMs),
  cpuUserMs: Math.round(cpuUserMs),
  cpuSystemMs: Math.round(cpuMs) - Math.round(cpuUserMs),
  wallMs: Math.round(wallMs),
  memoryBytes: Math.round(memoryBytes),
  memorySource,
})

const wholeNumber = (value: number | null): t.Int | null => (t.Int.is(value) ? value : null)

export const compilationData = (attempt: number, compilation: Compilation): CompilationCompleted['data'] => ({
  attempt,
  exitCode: wholeNumber(compilation.exitCode),
  signal: compilation.signal,
  output: encodeBytes(compilation.output),
  truncated: compilation.truncated,
  usage: recordedUsage(compilation.usage),
  cached: compilation.cached,
})

export const completionData = (attempt: number, report: RunReport): ExecutionCompleted['data'] => ({
  attempt,
  outcome: report.outcome,
  reason: report.reason,
  exitCode: wholeNumber(report.exitCode),
  signal: report.signal,
  usage: report.usage === null ? null : recordedUsage(report.usage),
  output: report.output,
})
