import { type EncodedBytes, encodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'

/** Where two streams of bytes part, and what each goes on with: nothing where it ends there. */
export type Difference = Readonly<{ offset: number; original: EncodedBytes; replay: EncodedBytes }>

const excerptBytes = 64
const longestCharacter = 4

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** The last place up to `offset` at which no character of UTF-8 is cut; `offset` itself in bytes that are no text. */
const boundaryBefore = (bytes: Buffer, offset: number): number => {
  let at = offset
  while (isContinuation(bytes[at]) && at > 0 && offset - at < longestCharacter) at -= 1
  return isContinuation(bytes[at]) ? offset : at
}

const excerptAt = (bytes: Buffer, offset: number): EncodedBytes => {
  const end = Math.min(bytes.length, offset + excerptBytes)
  return encodeBytes(bytes.subarray(offset, Math.max(offset, boundaryBefore(bytes, end))))
}

const partingOf = (original: Buffer, replay: Buffer): number => {
  const shorter = Math.min(original.length, replay.length)
  for (let at = 0; at < shorter; at++) if (original[at] !== replay[at]) return at
  return shorter
}

/**
 * Null where they are the same, byte for byte. The excerpts begin at the character that differs; `offset` counts bytes.
 */
export const firstDifference = (original: Buffer, replay: Buffer): Difference | null => {
  if (original.equals(replay)) return null
  const offset = boundaryBefore(original, partingOf(original, replay))
  return { offset, original: excerptAt(original, offset), replay: excerptAt(replay, offset) }
}
