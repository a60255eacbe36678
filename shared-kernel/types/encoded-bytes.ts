import { isUtf8 } from 'node:buffer'
import * as t from 'io-ts'

const encoding = t.keyof({ utf8: null, base64: null }, 'Encoding')

/** Bytes as text: `utf8` where they are well-formed UTF-8, else `base64`. */
export const encodedBytes = t.strict({ content: t.string, encoding }, 'EncodedBytes')
export type EncodedBytes = t.TypeOf<typeof encodedBytes>

export const decodeBytes = ({ content, encoding }: EncodedBytes): Buffer => Buffer.from(content, encoding)

/**
 * `utf8` where the bytes are well-formed UTF-8, else `base64`; `base64` as well for text that JSON would more than double
 * (control characters become six bytes each), so that what is stored stays in proportion to what was sent.
 */
export const encodeBytes = (bytes: Uint8Array): EncodedBytes => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const content = isUtf8(buffer) ? buffer.toString('utf8') : null
  return content !== null && Buffer.byteLength(JSON.stringify(content)) <= 2 * buffer.length + 2
    ? { content, encoding: 'utf8' }
    : { content: buffer.toString('base64'), encoding: 'base64' }
}

/** How many bytes a canonical base64 text stands for. */
export const base64Size = (text: string): number => Buffer.byteLength(text, 'base64')
