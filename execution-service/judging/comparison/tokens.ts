import { isWhiteSpace } from './lines.ts'

/** What stands between white space. */
export function* tokens(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    while (at < bytes.length && isWhiteSpace(bytes[at])) at += 1
    const from = at
    while (at < bytes.length && !isWhiteSpace(bytes[at])) at += 1
    if (at > from) yield bytes.subarray(from, at)
  }
}
