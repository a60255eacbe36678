import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** Writes what is packed in `name`.br of this folder into a new folder, under the name it has there. */
export const unpack = (name: string, folder: string, as: string): string => {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, as)
  writeFileSync(file, brotliDecompressSync(readFileSync(join(import.meta.dirname, `${name}.br`))))
  return file
}
