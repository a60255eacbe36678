/** Sizes of an attempt's files, and how many bytes of all of them together are recorded. */
export type CollectedSoFar = Readonly<{ sizes: ReadonlyArray<number>; bytes: number }>

const sum = (sizes: ReadonlyArray<number>): number => sizes.reduce((total, size) => total + size, 0)

type Piece = Readonly<{ file: number; offset: number; size: number }>

/** Null where the piece does not begin where the record ends, or ends behind its file. */
export const afterChunk = ({ sizes, bytes }: CollectedSoFar, piece: Piece): CollectedSoFar | null => {
  const { file, offset, size } = piece
  const begins = sum(sizes.slice(0, file)) + offset
  return size > 0 && begins === bytes && offset + size <= (sizes[file] ?? 0) ? { sizes, bytes: bytes + size } : null
}

/** Nothing is missing of what was announced; nothing was, where there is null. */
export const isComplete = (collected: CollectedSoFar | null): boolean =>
  collected === null || collected.bytes === sum(collected.sizes)
