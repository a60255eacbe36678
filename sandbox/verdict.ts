import type { PhaseResult } from './runner/phase-result.ts'
import type { RunnerResult } from './runner/runner-session.ts'
import type { Outcome, RunReport } from './sandbox.ts'

type Judgement = Readonly<{ outcome: Outcome; reason: string | null }>

const judgement = (outcome: Outcome, reason: string | null = null): Judgement => ({ outcome, reason })

// The kernel refused the program itself: too big for its memory, no process left, or not a program at all.
const ofSpawnError = (error: string): Judgement => {
  if (error === 'ENOMEM') return judgement('memory_limit', 'memory')
  if (error === 'EAGAIN') return judgement('runtime_error', 'processes')
  return judgement('runtime_error', `spawn ${error}`)
}

const ofLimit = (limit: NonNullable<PhaseResult['limit']>): Judgement => {
  if (limit === 'memory') return judgement('memory_limit', 'memory')
  if (limit === 'output') return judgement('output_limit', 'output')
  return judgement('time_limit', limit)
}

// Some runtimes abort where they get no thread, others exit.
const shortage = ({ pidsRefused }: PhaseResult): string | null => (pidsRefused > 0 ? 'processes' : null)

const ofSignal = (signal: string, phase: PhaseResult): Judgement => {
  if (signal === 'SIGXCPU') return judgement('time_limit', 'cpu')
  return judgement('signalled', signal === 'SIGXFSZ' ? 'file_size' : shortage(phase))
}

const ofExit = (phase: PhaseResult): Judgement =>
  phase.exitCode === 0 ? judgement('success') : judgement('runtime_error', shortage(phase))

// A child killed for memory decides before anything its parent did about it.
const judge = (phase: PhaseResult): Judgement => {
  if (phase.oomKills > 0) return judgement('memory_limit', 'memory')
  if (phase.spawnError !== null) return ofSpawnError(phase.spawnError)
  if (phase.limit !== null) return ofLimit(phase.limit)
  if (phase.signal !== null) return ofSignal(phase.signal, phase)
  return ofExit(phase)
}

const limitOutcomes: ReadonlySet<Outcome> = new Set(['time_limit', 'memory_limit', 'output_limit'])
const limitReasons: ReadonlySet<string | null> = new Set(['file_size', 'processes'])

const judgeCompilation = (phase: PhaseResult): Judgement => {
  const { outcome, reason } = judge(phase)
  if (outcome === 'success') return judgement('success')
  return judgement(limitOutcomes.has(outcome) || limitReasons.has(reason) ? 'compile_limit' : 'compile_error', reason)
}

/** Whether a compilation succeeded, and met no limit on the way there. */
export const isCleanCompilation = (phase: PhaseResult): boolean =>
  judgeCompilation(phase).outcome === 'success' && phase.pidsRefused === 0

// Writing on after the cap went unpunished only where the program ended by itself just then.
const judgeRun = (phase: PhaseResult): Judgement => {
  const judged = judge(phase)
  const flooded = phase.stdout.truncated || phase.stderr.truncated
  return judged.outcome === 'success' && flooded ? judgement('output_limit', 'output') : judged
}

const nothingWritten = { bytes: 0, truncated: false }

const withoutRun = ({ exitCode, signal }: PhaseResult, judged: Judgement): RunReport => ({
  ...judged,
  exitCode,
  signal,
  usage: null,
  output: { stdout: nothingWritten, stderr: nothingWritten },
})

const ofRun = (phase: PhaseResult): RunReport => ({
  ...judgeRun(phase),
  exitCode: phase.exitCode,
  signal: phase.signal,
  usage: phase.usage,
  output: { stdout: phase.stdout, stderr: phase.stderr },
})

/** What kernel facts say of a run; null where they say nothing, neither a failed compilation nor a run. */
export const verdict = ({ compile, run }: RunnerResult): RunReport | null => {
  if (run !== null) return ofRun(run)
  const compiled = compile === null ? judgement('success') : judgeCompilation(compile)
  return compile === null || compiled.outcome === 'success' ? null : withoutRun(compile, compiled)
}
