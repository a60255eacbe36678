import type { Dialogue, DialogueRefusal, ProgramSignal } from '@runledger/sandbox/sandbox.ts'
import * as E from 'fp-ts/lib/Either.js'

/** Why a program that is talked to goes no further. */
type Ending = 'stdin ended' | 'called off' | ProgramSignal

const taken = E.right(undefined)
const refused = (why: DialogueRefusal['why']) => E.left({ _tag: 'DialogueRefusal' as const, why })

/** The other side of a dialogue, for a program that reads all it is given at once. */
export const holdDialogue = (onWritten: (bytes: Uint8Array) => void, signal: AbortSignal) => {
  const { promise: ended, resolve } = Promise.withResolvers<Ending>()
  let isOver = false
  const end = (ending: Ending) => {
    isOver = true
    resolve(ending)
  }
  signal.addEventListener('abort', () => end('called off'), { once: true })

  const unlessOver = (act: () => void) => async () => {
    if (isOver) return refused('run_ended')
    act()
    return taken
  }
  const dialogue: Dialogue = {
    write: bytes => unlessOver(() => onWritten(bytes)),
    end: () => unlessOver(() => end('stdin ended')),
    signal: name => unlessOver(() => end(name)),
  }
  return { dialogue, ended }
}
