import type { CasesRequest, RunReport, SandboxFault } from '@runledger/sandbox/sandbox.ts'
import { createMeter } from '@runledger/shared-kernel/metrics/create-meter.ts'
import { type Either, right } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { aRunRequest } from '../test-support/a-run-request.ts'
import { fakeSandbox, sandboxFault, succeeded } from '../test-support/fake-sandbox.ts'
import { measuredSandbox } from './measured-sandbox.ts'

const one = { args: [], stdin: new Uint8Array(), limits: aRunRequest.limits }
const { signal } = new AbortController()
const listener = { compiled: () => undefined, output: () => undefined }

const measured = (answer: Either<SandboxFault, RunReport>) => {
  const meter = createMeter()
  const sandbox = measuredSandbox(fakeSandbox(async () => answer).sandbox, meter)
  const lines = async () => (await meter.exposition()).text.split('\n')
  return { sandbox, lines }
}

describe('a sandbox that is measured', () => {
  it('answers as it would, and counts a program that ended', async () => {
    const { sandbox, lines } = measured(right(succeeded(3)))
    expect(await sandbox.run(aRunRequest, listener, signal)()).toStrictEqual(right(succeeded(3)))
    expect(await lines()).toEqual(
      expect.arrayContaining([
        'runledger_programs_total{language="python",outcome="success"} 1',
        'runledger_program_wall_seconds_sum{language="python"} 0.002',
        'runledger_program_cpu_seconds_total{language="python"} 0.001',
      ]),
    )
  })

  it('counts a program that was never started by its outcome alone', async () => {
    const { sandbox, lines } = measured(right({ ...succeeded(), outcome: 'compile_error', usage: null }))
    await sandbox.run(aRunRequest, listener, signal)()
    expect(await lines()).toContain('runledger_programs_total{language="python",outcome="compile_error"} 1')
    expect((await lines()).filter(line => line.startsWith('runledger_program_'))).toStrictEqual([])
  })

  it('counts what nothing could be concluded of', async () => {
    const { sandbox, lines } = measured(sandboxFault('lost'))
    expect(await sandbox.run(aRunRequest, listener, signal)()).toStrictEqual(sandboxFault('lost'))
    expect(await lines()).toContain('runledger_sandbox_faults_total{kind="lost"} 1')
    expect((await lines()).filter(line => line.startsWith('runledger_programs_total'))).toStrictEqual([])
  })

  it('counts each test case, and asks the listener whether there is to be another', async () => {
    const { sandbox, lines } = measured(right(succeeded()))
    const { args, stdin, outputs, ...rest } = aRunRequest
    const cases: CasesRequest = { ...rest, cases: [one, one, one], mayStop: true }
    let asked = 0
    const ended = () => ++asked < 2
    expect(await sandbox.runCases(cases, { ...listener, ended }, signal)()).toStrictEqual(right(null))
    expect(await lines()).toContain('runledger_programs_total{language="python",outcome="success"} 2')
  })
})
