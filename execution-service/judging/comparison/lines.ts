const newline = 0x0a
const space = 0x20

/** Space, tab, line feed, vertical tab, form feed and carriage return. */
export const isWhiteSpace = (byte: number | undefined): boolean =>
  byte === space || (byte !== undefined && byte >= 0x09 && byte <= 0x0d)

const withoutTrailingSpace = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length
  while (end > 0 && isWhiteSpace(bytes[end - 1])) end -= 1
  return bytes.subarray(0, end)
}

/** Each line without the white space at its end; none for the empty lines at the end of the text. */
export function* trimmedLines(bytes: Uint8Array): Generator<Uint8Array> {
  const text = withoutTrailingSpace(bytes)
  for (let from = 0; from < text.length; ) {
    const found = text.indexOf(newline, from)
    const end = found === -1 ? text.length : found
    yield withoutTrailingSpace(text.subarray(from, end))
    from = end + 1
  }
}
