import * as t from 'io-ts'

/** base64 of what only the submission's data key opens: see `sealing/seal-bytes.ts`. */
export const sealedText = t.string

/** A random IV before, and a tag behind what is sealed. */
export const sealBytes = { iv: 12, tag: 16 } as const

/** Length of the text that so many bytes are sealed in. */
export const sealedLength = (size: number): number => 4 * Math.ceil((size + sealBytes.iv + sealBytes.tag) / 3)
