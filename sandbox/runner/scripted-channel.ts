export const frame = (type: number, ...payload: ReadonlyArray<number>): Buffer =>
  Buffer.from([type, 0, 0, payload.length >> 8, payload.length & 255, ...payload])

/** With a window of 256 KiB. */
export const hello = frame(0x81, 0, 6, 0, 4, 0, 0)
export const output = (text: string): Buffer => frame(0x83, 0, 0, 0, 9, ...Buffer.from(text))

export const result = (changed: Readonly<Record<number, number>> = {}): Buffer =>
  frame(0x86, ...Array.from({ length: 73 }, (_, at) => changed[at] ?? 0))

/** A channel whose other end the test plays. */
export const scriptedChannel = () => {
  const sent: Uint8Array[] = []
  const heard: { data: (bytes: Buffer) => void; close: (cause: string) => void } = {
    data: () => undefined,
    close: () => undefined,
  }
  let ended = false
  const channel = {
    write: (bytes: Uint8Array) => void sent.push(bytes),
    end: () => {
      ended = true
    },
    onData: (listener: typeof heard.data) => {
      heard.data = listener
    },
    onClose: (listener: typeof heard.close) => {
      heard.close = listener
    },
  }
  return { channel, sent, heard, hasEnded: () => ended }
}
