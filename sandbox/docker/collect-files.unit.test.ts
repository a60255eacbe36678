import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { runnerFault } from '../runner/runner-fault.ts'
import type { RunnerSession } from '../runner/runner-session.ts'
import type { RunReport } from '../sandbox.ts'
import { withFiles } from './collect-files.ts'
import { idleSession } from './container.fixture.ts'
import { sandboxFault } from './sandbox-fault.ts'

const wanted = { patterns: ['*'], limits: { files: 1, fileBytes: 1, totalBytes: 1 } }
const files = { files: [{ path: 'a', size: 1, content: Buffer.of(1) }], leftOut: [], leftOutInAll: 0 }
const never = new AbortController().signal

const usage = {
  ...{ cpuMs: 1, cpuUserMs: 1, cpuSystemMs: 0, wallMs: 1 },
  ...{ memoryBytes: 1, memorySource: 'cgroup' as const },
}
const report: RunReport = {
  ...{ outcome: 'success', reason: null, exitCode: 0, signal: null, usage },
  output: { stdout: { bytes: 0, truncated: false }, stderr: { bytes: 0, truncated: false } },
}

const container = (collect: RunnerSession['collect']) => ({
  session: { ...idleSession, collect },
})

const unasked = container(() => expect.unreachable())

describe('given a program that has run', () => {
  it('reports the files it left', async () => {
    const asked = container(async () => E.right(files))
    expect(await withFiles(asked, wanted, E.right(report), never)).toEqual(E.right({ ...report, files }))
  })

  it('stands as it is where they cannot be had', async () => {
    const lost = container(async () => E.left(runnerFault('closed')))
    expect(await withFiles(lost, wanted, E.right(report), never)).toEqual(E.right(report))
  })

  it('is given up where it is called off meanwhile', async () => {
    const controller = new AbortController()
    const silent = container(() => {
      controller.abort()
      return new Promise(() => undefined)
    })
    expect(await withFiles(silent, wanted, E.right(report), controller.signal)).toMatchObject({
      left: { kind: 'aborted' },
    })
  })
})

describe('given nothing to ask for', () => {
  it.each([
    ['no file is wanted', undefined, E.right(report)],
    ['it did not run', wanted, E.right({ ...report, usage: null })],
    ['the sandbox failed', wanted, E.left(sandboxFault('lost', 'gone'))],
  ])('asks for nothing where %s', async (_, asked, ran) => {
    expect(await withFiles(unasked, asked, ran, never)).toBe(ran)
  })
})
