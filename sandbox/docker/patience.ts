/** Aborted with a signal, or once some time has passed. It has to be ended: until then its timer keeps what waits. */
export type Patience = Readonly<{ signal: AbortSignal; end: () => void }>

/** `AbortSignal.timeout` would be kept, with all that listens to it, for the whole time of each wait that was short. */
export const createPatience = (signal: AbortSignal, ms: number): Patience => {
  const exhausted = new AbortController()
  const timer = setTimeout(() => exhausted.abort(), ms)
  return { signal: AbortSignal.any([signal, exhausted.signal]), end: () => clearTimeout(timer) }
}
