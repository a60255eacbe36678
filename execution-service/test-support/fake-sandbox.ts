import type {
  CasesListener,
  CasesRequest,
  ProgramSignal,
  RunListener,
  RunReport,
  RunRequest,
  Sandbox,
  SandboxFault,
} from '@runledger/sandbox/sandbox.ts'
import { pause } from '@runledger/shared-kernel/timing/pause.ts'
import * as E from 'fp-ts/lib/Either.js'
import { holdDialogue } from './held-dialogue.ts'

type Program = (
  request: RunRequest,
  listener: RunListener,
  signal: AbortSignal,
) => Promise<E.Either<SandboxFault, RunReport>>

export const usage = {
  cpuMs: 1,
  cpuUserMs: 1,
  cpuSystemMs: 0,
  wallMs: 2,
  memoryBytes: 4096,
  memorySource: 'cgroup',
} as const

export const succeeded = (stdoutBytes = 0, stderrBytes = 0): RunReport => ({
  outcome: 'success',
  reason: null,
  exitCode: 0,
  signal: null,
  usage,
  output: {
    stdout: { bytes: stdoutBytes, truncated: false },
    stderr: { bytes: stderrBytes, truncated: false },
  },
})

const signalled = (signal: ProgramSignal, stdoutBytes: number): RunReport => ({
  ...succeeded(stdoutBytes),
  outcome: 'signalled',
  exitCode: null,
  signal,
})

export const sandboxFault = (kind: SandboxFault['kind']): E.Either<SandboxFault, never> =>
  E.left({ _tag: 'SandboxFault', kind, message: `${kind} on purpose` })

/** A program that prints its own stdin and succeeds, where it is talked to as it comes until it ends. */
export const echo: Program = async ({ stdin }, listener, signal) => {
  let offset = 0
  const print = (bytes: Uint8Array) => {
    if (bytes.length > 0) listener.output({ stream: 'stdout', offset, bytes, at: 0 })
    offset += bytes.length
  }
  const { dialogue, ended } = holdDialogue(print, signal)
  listener.dialogue?.(dialogue)
  print(stdin)
  if (listener.dialogue === undefined) return E.right(succeeded(offset))
  const ending = await ended
  if (ending === 'called off') return sandboxFault('aborted')
  return E.right(ending === 'stdin ended' ? succeeded(offset) : signalled(ending, offset))
}

/** Runs until it is killed. */
export const endless: Program = async (_request, _listener, signal) => {
  await pause(2 ** 31 - 1, signal)
  return sandboxFault('aborted')
}

const image: Sandbox['image'] = language => (language === 'python' ? { version: '3.13', digest: 'sha256:0' } : null)

const eachCase = async (
  program: Program,
  { cases, ...request }: CasesRequest,
  listener: CasesListener,
  signal: AbortSignal,
): Promise<E.Either<SandboxFault, null>> => {
  for (const next of cases) {
    const report = await program({ ...request, ...next }, listener, signal)
    if (E.isLeft(report)) return report
    if (!listener.ended(report.right)) break
  }
  return E.right(null)
}

/** For unit tests only. Ready in `python`; well as long as no problem is put into `problems`. */
export const fakeSandbox = (program: Program, olderImages: ReadonlyArray<string> = []) => {
  const requests: Array<RunRequest> = []
  const problems: Array<string> = []
  const sandbox: Sandbox = {
    image,
    preferredImage: async (language, digest) =>
      image(language) === null || !olderImages.includes(digest) ? image(language) : { version: '3.12', digest },
    run: (request, listener, signal) => () => {
      requests.push(request)
      return program(request, listener, signal)
    },
    runCases: (request, listener, signal) => () => eachCase(program, request, listener, signal),
    health: async () => {
      const healthy = problems.length === 0
      return { available: healthy, healthy, problems: [...problems] }
    },
    close: async () => undefined,
  }
  return { sandbox, requests, problems }
}
