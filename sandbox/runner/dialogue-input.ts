import type { Dialogue } from '../sandbox.ts'
import { createOpenStdin } from './open-stdin.ts'
import type { PhaseInput } from './phase-input.ts'
import { createSignalSender } from './signal-sender.ts'

/** A dialogue that can be closed before its run has ended: whatever it is asked from then on, the run is over. */
export type ClosableDialogue = Dialogue & Readonly<{ close: () => void }>

type DialogueParts = Readonly<{
  beginning: Uint8Array
  send: (frame: Uint8Array) => void
  onStarted: (dialogue: ClosableDialogue) => void
}>

/** Input of a phase whose stdin stays open, and that hears signals. */
export const dialogueInput = ({ beginning, send, onStarted }: DialogueParts): PhaseInput => {
  const stdin = createOpenStdin(beginning, send)
  const signals = createSignalSender(send)

  const close = () => {
    stdin.close('run_ended')
    signals.close()
  }

  return {
    grant: stdin.grant,
    started: () =>
      onStarted({
        write: bytes => () => stdin.write(bytes),
        end: () => stdin.end,
        signal: signal => () => signals.send(signal),
        close,
      }),
    stdinClosed: () => stdin.close('stdin_closed'),
    signalSent: signals.sent,
    close,
  }
}
