const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

// A terminal's Ctrl-C reaches the whole process group and npm passes it on as well: what comes so soon is the same wish.
const echoMs = 1000

/** Calls `stop` on the first signal to end, and `leave` with the exit status of a later one. */
export const onStopSignal = (stop: () => void, leave: (status: number) => void): void => {
  let since: number | null = null
  const receive = (_: NodeJS.Signals, number: number) => {
    if (since === null) {
      since = performance.now()
      stop()
    } else if (performance.now() - since > echoMs) leave(128 + number)
  }
  for (const signal of signals) process.on(signal, receive)
}
