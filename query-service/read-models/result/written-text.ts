import { isUtf8 } from 'node:buffer'
import type { OutputRow } from './result-body.ts'

export type WrittenText = Readonly<{ texts: ReadonlyArray<string>; encoding: 'utf8' | 'base64' }>

/** What was written to one stream. */
export const bytesOf = (rows: ReadonlyArray<OutputRow>, stream: OutputRow['stream']): Buffer =>
  Buffer.concat(rows.filter(row => row.stream === stream).map(({ bytes }) => Buffer.from(bytes, 'base64')))

/** What was written to the streams, byte for byte, in one encoding for all: text where all of it is UTF-8, else base64. */
export const writtenText = (
  rows: ReadonlyArray<OutputRow>,
  streams: ReadonlyArray<OutputRow['stream']>,
): WrittenText => {
  const written = streams.map(stream => bytesOf(rows, stream))
  const encoding = written.every(isUtf8) ? 'utf8' : 'base64'
  return { texts: written.map(bytes => bytes.toString(encoding)), encoding }
}
