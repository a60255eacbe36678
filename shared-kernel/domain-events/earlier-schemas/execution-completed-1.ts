import * as t from 'io-ts'
import { upcaster } from '../../event-log/upcaster.ts'
import { outcome } from '../../types/outcome.ts'
import { naturalNumber, positiveInteger } from '../../types/primitives.ts'
import type { ExecutionCompleted } from '../execution-completed.ts'

const usage = t.strict({
  cpuMs: naturalNumber,
  wallMs: naturalNumber,
  memoryBytes: naturalNumber,
  memorySource: t.keyof({ cgroup: null, rusage: null, sampled: null }),
})

const streamTotals = t.strict({ bytes: naturalNumber, truncated: t.boolean })

const data = t.strict({
  attempt: positiveInteger,
  outcome,
  reason: t.union([t.string, t.null]),
  exitCode: t.union([t.Int, t.null]),
  signal: t.union([t.string, t.null]),
  usage: t.union([usage, t.null]),
  output: t.strict({ stdout: streamTotals, stderr: streamTotals }),
})

/** CPU time was told as a whole. Its parts were not measured, so they stay unknown. */
export const executionCompleted1 = upcaster({
  type: 'ExecutionCompleted',
  schema: 1,
  from: data,
  step: (before): ExecutionCompleted['data'] => ({
    ...before,
    usage: before.usage === null ? null : { ...before.usage, cpuUserMs: null, cpuSystemMs: null },
  }),
})
