import { describe, expect, it } from 'vitest'
import type { RunReport } from '../sandbox.ts'
import { leavesNoDoubt } from './leaves-no-doubt.ts'

const report = (change: Partial<RunReport>): RunReport => ({
  outcome: 'success',
  reason: null,
  exitCode: 0,
  signal: null,
  usage: null,
  output: { stdout: { bytes: 3, truncated: false }, stderr: { bytes: 0, truncated: false } },
  ...change,
})

describe('given a run that ended by itself', () => {
  it.each<[string, Partial<RunReport>]>([
    ['well', {}],
    ['with another exit code', { outcome: 'runtime_error', exitCode: 3 }],
    ['by its own fault', { outcome: 'signalled', exitCode: null, signal: 'SIGSEGV' }],
    ['before it began, as it did not compile', { outcome: 'compile_error', exitCode: 1 }],
  ])('there is no doubt: %s', (_, change) => {
    expect(leavesNoDoubt(report(change))).toBe(true)
  })
})

describe('given a run that something ended', () => {
  it.each<[string, Partial<RunReport>]>([
    ['time', { outcome: 'time_limit', reason: 'cpu', signal: 'SIGKILL' }],
    ['memory, of a child only', { outcome: 'memory_limit', reason: 'memory' }],
    ['output', { outcome: 'output_limit', reason: 'output' }],
    ['a limit of the compiler', { outcome: 'compile_limit', reason: 'wall' }],
    ['processes', { outcome: 'runtime_error', reason: 'processes', exitCode: 1 }],
    ['the size of a file', { outcome: 'signalled', reason: 'file_size', signal: 'SIGXFSZ' }],
    ['nobody knows who', { outcome: 'signalled', signal: 'SIGKILL' }],
    ['it could not be started', { outcome: 'runtime_error', reason: 'spawn ENOSPC', exitCode: null }],
    [
      'output that was cut',
      { output: { stdout: { bytes: 3, truncated: true }, stderr: { bytes: 0, truncated: false } } },
    ],
  ])('there is doubt: %s', (_, change) => {
    expect(leavesNoDoubt(report(change))).toBe(false)
  })
})
