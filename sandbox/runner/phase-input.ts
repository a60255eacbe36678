/** What a phase is given while it runs, and what the runner says of it. */
export type PhaseInput = Readonly<{
  /** The runner has room for as many bytes more: what it is sent now. */
  grant: (credit: number) => ReadonlyArray<Uint8Array>
  started: () => void
  stdinClosed: () => void
  /** False where no signal was on its way. */
  signalSent: () => boolean
  /** The phase is over, or nothing can be known of it any more. */
  close: () => void
}>
