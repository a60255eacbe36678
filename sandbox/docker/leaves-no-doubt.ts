import type { Outcome, RunReport } from '../sandbox.ts'

const endedByItself: ReadonlySet<Outcome> = new Set(['success', 'runtime_error', 'signalled', 'compile_error'])

/** Whether a run met no limit and nothing kept it from starting: only then may its container serve another. */
export const leavesNoDoubt = ({ outcome, reason, signal, output }: RunReport): boolean =>
  endedByItself.has(outcome) &&
  reason === null &&
  signal !== 'SIGKILL' &&
  !output.stdout.truncated &&
  !output.stderr.truncated
