import { setTimeout as after } from 'node:timers/promises'
import type { Compilation, Outcome, RunListener, RunReport, RunRequest, Sandbox } from '@runledger/sandbox/sandbox.ts'
import * as E from 'fp-ts/lib/Either.js'

type Stream = 'stdout' | 'stderr'

/** What a program does, written as JSON in the file it starts from. Times in milliseconds, bytes in base64. */
export type Script = Readonly<{
  outcome?: Outcome
  reason?: string
  exitCode?: number
  signal?: string
  compiler?: Readonly<{ exitCode: number; says: string; truncated?: boolean }>
  writes?: ReadonlyArray<Readonly<{ stream: Stream; bytes: string; afterMs?: number }>>
  echoes?: boolean
  truncates?: Stream
  /** Attempts that end without anything known of the program. */
  faults?: ReadonlyArray<'lost' | 'unavailable'>
  /** Runs until it is called off, in the first process only. */
  hangs?: boolean
}>

const pause = (ms: number, signal: AbortSignal): Promise<unknown> => after(ms, null, { signal }).catch(() => null)

const image = { version: '1.2.3', digest: `sha256:${'0123456789abcdef'.repeat(4)}` }

const fault = (kind: 'lost' | 'unavailable' | 'aborted') =>
  E.left({ _tag: 'SandboxFault' as const, kind, message: `${kind}, as the script says` })

const scriptOf = ({ files, entry }: RunRequest): Script => {
  const file = files.find(({ name }) => name === entry)
  return JSON.parse(Buffer.from(file?.content ?? []).toString())
}

const usage = (seed: number) => ({
  ...{ cpuMs: 3 + (seed % 97), cpuUserMs: 2 + (seed % 97), cpuSystemMs: 1 },
  wallMs: 5 + (seed % 211),
  memoryBytes: 4096 * (100 + (seed % 1009)),
  memorySource: (['cgroup', 'rusage', 'sampled'] as const)[seed % 3] ?? 'cgroup',
})

const compilationOf = ({ exitCode, says, truncated = false }: NonNullable<Script['compiler']>): Compilation => ({
  ...{ exitCode, signal: null, truncated, cached: false },
  output: Buffer.from(says),
  usage: usage(says.length),
})

const whyNotRun: ReadonlySet<Outcome> = new Set(['compile_error', 'compile_limit'])

const reportOf = (script: Script, written: Record<Stream, number>): RunReport => {
  const { outcome = 'success', reason = null, exitCode = null, signal = null, truncates } = script
  const totals = (stream: Stream) => ({ bytes: written[stream], truncated: truncates === stream })
  return {
    ...{ outcome, reason, signal, exitCode: outcome === 'success' ? 0 : exitCode },
    usage: whyNotRun.has(outcome) ? null : usage(written.stdout * 31 + written.stderr),
    output: { stdout: totals('stdout'), stderr: totals('stderr') },
  }
}

// Tells what is written, and counts it.
const pen = (listener: RunListener) => {
  const written = { stdout: 0, stderr: 0 }
  const write = (stream: Stream, bytes: Uint8Array, at: number): void => {
    if (bytes.length > 0) listener.output({ stream, offset: written[stream], bytes, at })
    written[stream] += bytes.length
  }
  return { written, write }
}

const play = async (script: Script, stdin: Uint8Array, listener: RunListener, signal: AbortSignal) => {
  if (script.compiler !== undefined) listener.compiled(compilationOf(script.compiler))
  const { written, write } = pen(listener)
  if (script.echoes) write('stdout', stdin, 0)
  for (const { stream, bytes, afterMs = 0 } of script.writes ?? []) {
    if (afterMs > 0) await pause(afterMs, signal)
    write(stream, Buffer.from(bytes, 'base64'), afterMs)
  }
  if (script.hangs) await pause(2 ** 31 - 1, signal)
  return signal.aborted ? fault('aborted') : E.right(reportOf(script, written))
}

/** A sandbox in which every program is a script: it says what a run would, of every kind, and runs nothing. */
export const scriptedSandbox = ({ hangs }: Readonly<{ hangs: boolean }>): Sandbox => ({
  image: () => image,
  preferredImage: async () => image,
  run: (request, listener, signal) => async () => {
    const script = scriptOf(request)
    const fails = script.faults?.[request.owner.attempt - 1]
    if (fails !== undefined) return fault(fails)
    return play({ ...script, hangs: hangs && script.hangs === true }, request.stdin, listener, signal)
  },
  // Scripts are of releases that knew no test cases.
  runCases: () => async () => fault('unavailable'),
  health: async () => ({ available: true, healthy: true, problems: [] }),
  close: async () => undefined,
})
