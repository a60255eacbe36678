import type { OpenFiles } from './result.ts'

export type CollectedFile = Readonly<{ path: string; size: number; bytes: Buffer }>

const bytesOf = ({ pieces }: OpenFiles, file: number): Buffer =>
  Buffer.concat(pieces.filter(piece => piece.file === file).map(({ bytes }) => Buffer.from(bytes, 'base64')))

/** The files that a program left and that were asked for, in the order of their collection. */
export const collectedFiles = (files: OpenFiles): ReadonlyArray<CollectedFile> =>
  files.announced.names.paths.map((path, file) => ({
    path,
    size: files.announced.sizes[file] ?? 0,
    bytes: bytesOf(files, file),
  }))
