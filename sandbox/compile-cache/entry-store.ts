/** `bytes` are sealed; `digest` is their SHA-256, in hexadecimal. */
export type Entry = Readonly<{ bytes: Uint8Array; digest: string }>

/** Keeps entries within bounds of its own: any may be gone at any time. */
export type EntryStore = Readonly<{
  /** The entry put there last; null where there is none. */
  get: (place: string) => Entry | null
  put: (place: string, entry: Entry) => void
  remove: (place: string) => void
  /** Leaves nothing behind. */
  clear: () => void
}>
