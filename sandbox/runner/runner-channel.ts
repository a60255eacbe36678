/** The runner's own stdin and stdout, already freed of the transport's framing. */
export type RunnerChannel = Readonly<{
  write: (bytes: Uint8Array) => void
  end: () => void
  onData: (listener: (bytes: Buffer) => void) => void
  onClose: (listener: (cause: string) => void) => void
}>
