import type { EventEmitter } from 'node:events'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

// A terminal's Ctrl-C reaches the whole process group and npm passes it on as well: what comes so soon is the same wish.
const echoMs = 1000

type Wishes = Readonly<{
  /** Emits the signals, and `disconnect`: the process. */
  source: Pick<EventEmitter, 'on'>
  /** Milliseconds, monotonic. */
  now: () => number
  /** Called on the first signal. */
  stop: () => void
  /** Called on a later one, with the exit status it asks for. */
  leave: (status: number) => void
}>

/** Tells a first wish to end from an impatient second one. */
export const onStopSignal = ({ source, now, stop, leave }: Wishes): void => {
  let since: number | null = null
  const receive = (_: NodeJS.Signals, number: number) => {
    if (since === null) {
      since = now()
      stop()
    } else if (now() - since > echoMs) leave(128 + number)
  }
  for (const signal of signals) source.on(signal, receive)
  // Whoever started this process holds a channel to it: where that closes, nobody is left to send a signal.
  source.on('disconnect', () => receive('SIGHUP', 1))
}
