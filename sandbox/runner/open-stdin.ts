import * as E from 'fp-ts/lib/Either.js'
import type { DialogueRefusal } from '../sandbox.ts'
import { type DialogueAnswer, refused } from './dialogue-answer.ts'
import { stdinEndFrame, stdinFrames } from './host-frames.ts'

type Part = { rest: Uint8Array; readonly isEnd: boolean; readonly settle: (answer: DialogueAnswer) => void }

/** Stdin that more is written to while the program runs. Never sends more than the credit, and holds one write at most. */
export type OpenStdin = Readonly<{
  grant: (credit: number) => ReadonlyArray<Uint8Array>
  write: (bytes: Uint8Array) => Promise<DialogueAnswer>
  end: () => Promise<DialogueAnswer>
  /** Nothing more is sent; whoever waits hears why. */
  close: (why: 'run_ended' | 'stdin_closed') => void
}>

const nothing = new Uint8Array()

export const createOpenStdin = (beginning: Uint8Array, send: (frame: Uint8Array) => void): OpenStdin => {
  let parts: ReadonlyArray<Part> = [{ rest: beginning, isEnd: false, settle: () => undefined }]
  let credit = 0
  let isWriting = false
  let refusal: DialogueRefusal['why'] | null = null

  const cut = (part: Part): ReadonlyArray<Uint8Array> => {
    const fitting = part.rest.subarray(0, credit)
    credit -= fitting.length
    part.rest = part.rest.subarray(fitting.length)
    return stdinFrames(fitting)
  }

  const due = (): ReadonlyArray<Uint8Array> => {
    const frames: Uint8Array[] = []
    for (let next = parts[0]; next !== undefined; next = parts[0]) {
      frames.push(...cut(next))
      if (next.rest.length > 0) break
      parts = parts.slice(1)
      if (next.isEnd) frames.push(stdinEndFrame)
      next.settle(E.right(undefined))
    }
    return frames
  }

  const add = (rest: Uint8Array, isEnd: boolean): Promise<DialogueAnswer> => {
    const { promise, resolve } = Promise.withResolvers<DialogueAnswer>()
    parts = [...parts, { rest, isEnd, settle: resolve }]
    due().forEach(send)
    return promise
  }

  return {
    grant: more => {
      credit += more
      return due()
    },
    write: async bytes => {
      if (refusal !== null || isWriting) return refused(refusal ?? 'busy')
      isWriting = true
      return add(bytes, false).finally(() => {
        isWriting = false
      })
    },
    end: async () => {
      if (refusal !== null) return refused(refusal)
      refusal = 'stdin_ended'
      return add(nothing, true)
    },
    close: why => {
      refusal = why === 'run_ended' ? why : (refusal ?? why)
      for (const { settle } of parts) settle(refused(why))
      parts = []
    },
  }
}
