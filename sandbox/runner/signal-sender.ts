import * as E from 'fp-ts/lib/Either.js'
import type { ProgramSignal } from '../sandbox.ts'
import { type DialogueAnswer, refused } from './dialogue-answer.ts'
import { signalFrame } from './host-frames.ts'

// Linux's, whatever the host's are.
const numbers: Readonly<Record<ProgramSignal, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGTERM: 15,
}

/** Sends one signal at a time, and waits for the runner to say that the kernel has it. */
export type SignalSender = Readonly<{
  send: (signal: ProgramSignal) => Promise<DialogueAnswer>
  /** False where none was on its way. */
  sent: () => boolean
  close: () => void
}>

export const createSignalSender = (write: (frame: Uint8Array) => void): SignalSender => {
  let waiting: ((answer: DialogueAnswer) => void) | null = null
  let isOpen = true

  const settle = (answer: DialogueAnswer): boolean => {
    const settled = waiting
    waiting = null
    settled?.(answer)
    return settled !== null
  }

  return {
    send: async signal => {
      if (!isOpen || waiting !== null) return refused(isOpen ? 'busy' : 'run_ended')
      const { promise, resolve } = Promise.withResolvers<DialogueAnswer>()
      waiting = resolve
      write(signalFrame(numbers[signal]))
      return promise
    },
    sent: () => settle(E.right(undefined)),
    close: () => {
      isOpen = false
      settle(refused('run_ended'))
    },
  }
}
