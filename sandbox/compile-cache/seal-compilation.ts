import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** What a compilation that succeeded left: what the compiler said, and the archive of what it made. */
export type KeptCompilation = Readonly<{ output: Uint8Array; archive: Uint8Array }>

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16
const lengthBytes = 4

// Programs shrink to a third or less; a higher level would cost more time than it saves room.
const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export const sealCompilation = ({ output, archive }: KeptCompilation, secret: Uint8Array): Uint8Array => {
  const nonce = randomBytes(nonceBytes)
  const sealing = createCipheriv(cipher, secret, nonce)
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(output.length)
  const packed = zstdCompressSync(Buffer.concat([length, output, archive]), compression)
  return Buffer.concat([nonce, sealing.update(packed), sealing.final(), sealing.getAuthTag()])
}

/** Null where it is not what was sealed with this secret. */
export const openCompilation = (sealed: Uint8Array, secret: Uint8Array): KeptCompilation | null => {
  try {
    const opening = createDecipheriv(cipher, secret, sealed.subarray(0, nonceBytes))
    opening.setAuthTag(sealed.subarray(-tagBytes))
    const packed = Buffer.concat([opening.update(sealed.subarray(nonceBytes, -tagBytes)), opening.final()])
    const opened = zstdDecompressSync(packed)
    const archiveAt = lengthBytes + opened.readUInt32BE()
    return { output: opened.subarray(lengthBytes, archiveAt), archive: opened.subarray(archiveAt) }
  } catch {
    return null
  }
}
