import type { OpenFiles } from './result.ts'

/** `size` is what the program left, `bytes` what is kept of it: all, unless it `isTruncated`. */
export type CollectedFile = Readonly<{ path: string; size: number; bytes: Buffer; isTruncated: boolean }>

const bytesOf = ({ pieces }: OpenFiles, file: number): Buffer =>
  Buffer.concat(pieces.filter(piece => piece.file === file).map(({ bytes }) => Buffer.from(bytes, 'base64')))

/** The files that a program left and that were asked for, in the order of their collection. */
export const collectedFiles = (files: OpenFiles): ReadonlyArray<CollectedFile> => {
  const { names, sizes, cut = [] } = files.announced
  const whole = new Map(cut.map(({ file, size }) => [file, size]))
  return names.paths.map((path, file) => ({
    path,
    size: whole.get(file) ?? sizes[file] ?? 0,
    bytes: bytesOf(files, file),
    isTruncated: whole.has(file),
  }))
}
