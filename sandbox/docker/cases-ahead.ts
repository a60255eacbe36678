import { areKept } from '../runner/kept-files.ts'
import type { Case, SourceFile } from '../sandbox.ts'
import { runningOnly } from './artifact.ts'
import { isStdinSentWhole } from './program.ts'
import { isSentWhole } from './put-back.ts'
import { type RunAhead, sendAhead } from './run-ahead.ts'
import { type CasesOf, programOf } from './run-case.ts'
import type { StartedContainer } from './start-container.ts'

/** So many are at work or on their way, that a container is not kept waiting by this process being late. */
const mostAhead = 32
/** Of stdin and files on their way to a container, unless one case alone has more. */
const bytesAhead = 256 * 1024

/** What the runner keeps is sent with the first case alone. */
const bytesOf = (files: ReadonlyArray<SourceFile>): number =>
  areKept(files) ? 0 : files.reduce((sum, { content }) => sum + content.length, 0)

export type CasesAhead = Readonly<{
  /** The one they are behind has been sent: those that need not wait for its end are as well. */
  begin: () => void
  /** The next case in order, sent already; null where it has to be begun otherwise, or there is none. */
  next: () => RunAhead | null
}>

/** Sends cases behind one that runs in a container, as long as they need nothing else than that one. */
export const sendCasesAhead = (container: StartedContainer, of: CasesOf, behind: number): CasesAhead => {
  const { cases, mayStop } = of.request
  const definition = runningOnly(of.definition)
  const most = mayStop ? 1 : mostAhead
  let sent: ReadonlyArray<Readonly<{ run: RunAhead; bytes: number }>> = []
  let position = behind + 1

  const needsNothingElse = (one: Case): boolean =>
    one.limits.memoryBytes === cases[behind]?.limits.memoryBytes &&
    one.limits.processes === cases[behind]?.limits.processes &&
    isStdinSentWhole(one) &&
    isSentWhole(of.artifact, one.limits)

  const hasRoom = (): boolean => {
    const bytes = sent.reduce((sum, one) => sum + one.bytes, 0)
    return sent.length < most && (sent.length < 2 || bytes < bytesAhead)
  }

  const send = (one: Case): void => {
    const program = programOf(of, one)
    const bytes = bytesOf(program.files) + one.stdin.length
    sent = [...sent, { run: sendAhead({ container, definition, program }, of.listener), bytes }]
  }

  const fill = (): void => {
    for (let one = cases[position]; one !== undefined && needsNothingElse(one) && hasRoom(); one = cases[position]) {
      send(one)
      position += 1
    }
  }

  return {
    begin: () => {
      const first = cases[behind]
      if (!mayStop && first !== undefined && isStdinSentWhole(first)) fill()
    },
    next: () => {
      if (sent.length <= most / 2) fill()
      const [first, ...others] = sent
      sent = others
      return first?.run ?? null
    },
  }
}
