import { encodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import type { TestPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import { describe, expect, it } from 'vitest'
import { succeeded, usage } from '../test-support/fake-sandbox.ts'
import { casesCompletion, testCaseData } from './case-events.ts'
import { keptBytes } from './collect-output.ts'
import { createCaseJudge, type JudgedCase } from './judge-cases.ts'

const text = (content: string) => encodeBytes(Buffer.from(content))

const expecting = (...outputs: ReadonlyArray<string | null>): TestPlan => ({
  cases: outputs.map((output, index) => ({
    ...{ name: `case ${index}`, stdin: text(''), args: [] },
    expectedOutput: output === null ? null : text(output),
  })),
  comparison: { mode: 'trimmed' },
  stopOnFirstFailure: false,
})

const judging = (plan: TestPlan) => {
  const told: JudgedCase[] = []
  const judge = createCaseJudge(plan, judged => void told.push(judged))
  const writes = (stdout: string, report = succeeded(stdout.length)): boolean => {
    judge.listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.from(stdout), at: 0 })
    return judge.listener.ended(report)
  }
  return { judge, told, writes }
}

const exits = (exitCode: number) => ({ ...succeeded(), outcome: 'runtime_error' as const, exitCode })

describe('given cases of a program', () => {
  it('compares each with what was expected of that one', () => {
    const { told, writes } = judging(expecting('a', 'b', 'c'))
    for (const written of ['a\n', 'a\n', 'c']) writes(written)
    expect(told.map(({ index, outcome }) => [index, outcome])).toEqual([
      [0, 'accepted'],
      [1, 'wrong_answer'],
      [2, 'accepted'],
    ])
  })

  it('does not look at the output of one that failed by itself', () => {
    const { told, writes } = judging(expecting('a'))
    writes('a', exits(1))
    expect(told[0]?.outcome).toBe('runtime_error')
  })

  it('takes any output where none was expected', () => {
    const { told, judge, writes } = judging(expecting(null))
    writes('anything')
    expect(told[0]?.outcome).toBe('success')
    expect(casesCompletion(1, judge.judged(), 1)).toMatchObject({ outcome: 'success' })
  })

  it.each([true, false])('goes on behind a failure unless it is to stop there (%s)', stopOnFirstFailure => {
    const { writes } = judging({ ...expecting('a', 'b', 'c'), stopOnFirstFailure })
    expect(writes('a')).toBe(true)
    expect(writes('a')).toBe(!stopOnFirstFailure)
  })

  it('keeps the beginning of what was written, and compares all of it', () => {
    const long = 'x'.repeat(3 * keptBytes)
    const { told, writes } = judging(expecting(long, `${long}y`))
    writes(long)
    writes(long)
    expect(told.map(({ outcome }) => outcome)).toEqual(['accepted', 'wrong_answer'])
    const [first] = told.map(testCaseData)
    expect(first).toMatchObject({
      stdout: text('x'.repeat(keptBytes)),
      output: { stdout: { bytes: 3 * keptBytes, truncated: false } },
    })
  })

  it('sums up: the first failure decides, usage is of all', () => {
    const { judge, writes } = judging(expecting('a', 'b', 'c', 'd'))
    writes('a')
    writes('', exits(7))
    writes('no')
    expect(casesCompletion(2, judge.judged(), 4)).toMatchObject({
      ...{ attempt: 2, outcome: 'runtime_error', exitCode: 7, tests: { total: 4, run: 3, passed: 1 } },
      usage: { cpuMs: 3 * usage.cpuMs, wallMs: 3 * usage.wallMs, memoryBytes: usage.memoryBytes },
      output: { stdout: { bytes: 0 } },
    })
  })

  it('is accepted where all are', () => {
    const { judge, writes } = judging(expecting('a', null))
    writes('a')
    writes('b')
    expect(casesCompletion(1, judge.judged(), 2)).toMatchObject({ outcome: 'accepted', exitCode: 0 })
  })
})
