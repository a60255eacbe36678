import type { RunReport, Sandbox } from '@runledger/sandbox/sandbox.ts'
import * as TE from 'fp-ts/lib/TaskEither.js'

const printed = Buffer.from('1\n')

const report: RunReport = {
  outcome: 'success',
  reason: null,
  exitCode: 0,
  signal: null,
  usage: { cpuMs: 0, cpuUserMs: 0, cpuSystemMs: 0, wallMs: 0, memoryBytes: 0, memorySource: 'sampled' },
  output: { stdout: { bytes: printed.length, truncated: false }, stderr: { bytes: 0, truncated: false } },
}

const image = { version: 'none', digest: 'none' }

/** A sandbox that does nothing and says what `print(1)` would: what is left is the cost of everything around it. */
export const nullSandbox: Sandbox = {
  image: () => image,
  preferredImage: async () => image,
  run: (_request, listener) => {
    listener.output({ stream: 'stdout', offset: 0, bytes: printed, at: 0 })
    return TE.right(report)
  },
  runCases: (request, listener) => {
    request.cases.every(() => listener.ended(report))
    return TE.right(null)
  },
  health: async () => ({ available: true, healthy: true, problems: [] }),
  close: async () => undefined,
}
