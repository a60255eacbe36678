import type { Either } from 'fp-ts/lib/Either.js'
import type { Dialogue, RunReport, RunRequest, Sandbox, SandboxFault } from './sandbox.ts'

/** A run that a test talks to. */
export type Conversation = Dialogue &
  Readonly<{
    report: Promise<Either<SandboxFault, RunReport>>
    /** All of stdout so far. */
    said: () => Buffer
    /** Resolves when stdout holds the text; rejects where the run ends before. */
    until: (text: string) => Promise<void>
  }>

/** Resolves when the program runs; rejects where it ends, or never begins, without a dialogue. */
export const conversation = async (
  sandbox: Sandbox,
  request: RunRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<Conversation> => {
  const began = Promise.withResolvers<Dialogue>()
  const said: Uint8Array[] = []
  let heard = Promise.withResolvers<void>()
  let isOver = false
  const wake = () => {
    heard.resolve()
    heard = Promise.withResolvers<void>()
  }
  const report = sandbox.run(
    request,
    {
      compiled: () => undefined,
      output: ({ stream, bytes }) => {
        if (stream === 'stdout') said.push(bytes)
        wake()
      },
      dialogue: began.resolve,
    },
    signal,
  )()
  const all = () => Buffer.concat(said)
  void report.then(ended => {
    isOver = true
    wake()
    began.reject(new Error(`the run ended without a dialogue: ${JSON.stringify(ended)}`))
  })
  const until = async (text: string): Promise<void> => {
    while (!all().includes(text)) {
      if (isOver) throw new Error(`the run ended, and said ${all().toString()}`)
      await heard.promise
    }
  }
  return { ...(await began.promise), report, said: all, until }
}
