import type { ClosableDialogue } from '../runner/dialogue-input.ts'
import type { PhaseResult } from '../runner/phase-result.ts'
import type { CompileResult, RunnerListener } from '../runner/runner-session.ts'
import type { Compilation, RunListener, StreamName } from '../sandbox.ts'

/** Is told of a compilation also what the kernel said. */
export type ProgramListener = Omit<RunListener, 'compiled'> &
  Readonly<{ compiled: (compilation: Compilation, facts: PhaseResult) => void }>

const compilation = ({ exitCode, signal, output, truncated, usage }: CompileResult): Compilation => ({
  exitCode,
  signal,
  output,
  truncated,
  usage,
  cached: false,
})

/** What the caller has been told so far: what a report without a runner's own totals must agree with. */
export type Told = Readonly<Record<StreamName, number> & { compiled: boolean }>

export type Stage = Readonly<{ listener: RunnerListener; close: () => void; told: () => Told }>

/** Once closed, nothing is told any more: a run given up must not speak after its caller has gone on. */
export const createStage = (listener: ProgramListener): Stage => {
  const told = { compiled: false, stdout: 0, stderr: 0 }
  let open = true
  let held: ClosableDialogue | null = null

  const tellOfDialogue = (tell: NonNullable<RunListener['dialogue']>) => (dialogue: ClosableDialogue) => {
    if (!open) return
    held = dialogue
    const { write, end, signal } = dialogue
    tell({ write, end, signal })
  }

  return {
    listener: {
      ...(listener.dialogue === undefined ? {} : { dialogue: tellOfDialogue(listener.dialogue) }),
      compiled: result => {
        if (!open) return
        told.compiled = true
        listener.compiled(compilation(result), result)
      },
      output: output => {
        if (!open) return
        told[output.stream] += output.bytes.length
        listener.output(output)
      },
    },
    close: () => {
      open = false
      held?.close()
    },
    told: () => told,
  }
}
