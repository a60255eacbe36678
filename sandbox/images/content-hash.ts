import { createHash } from 'node:crypto'
import type { ContextFile } from './build-context.ts'

/** First 16 hex digits of a SHA-256 over the parts, each delimited by its length. */
export const contentHash = (...parts: ReadonlyArray<string | ContextFile>): string => {
  const hash = createHash('sha256')
  for (const part of parts.flatMap(part => (typeof part === 'string' ? [part] : [part.name, part.content])))
    hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex').slice(0, 16)
}
