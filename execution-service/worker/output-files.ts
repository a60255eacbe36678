import type { CollectedFiles } from '@runledger/sandbox/sandbox.ts'
import type { RecordOutputFiles } from '@runledger/shared-kernel/submission/submission-command.ts'
import { chunkBytes } from './output-buffer.ts'

type Part = Pick<RecordOutputFiles, 'collected' | 'pieces'>

type Place = Readonly<{ file: number; offset: number; bytes: Uint8Array }>

const placesOf = ({ files }: CollectedFiles): ReadonlyArray<Place> =>
  files.flatMap(({ content }, file) =>
    Array.from({ length: Math.ceil(content.length / chunkBytes) }, (_, index) => ({
      file,
      offset: index * chunkBytes,
      bytes: content.subarray(index * chunkBytes, (index + 1) * chunkBytes),
    })),
  )

const cutIn = (files: CollectedFiles['files']) =>
  files.flatMap(({ size, content }, file) => (content.length < size ? [{ file, size }] : []))

const announcement = ({ files, leftOut, leftOutInAll }: CollectedFiles): Part['collected'] => {
  const cut = cutIn(files)
  return {
    sizes: files.map(({ content }) => content.length),
    paths: files.map(({ path }) => path),
    leftOut,
    leftOutInAll,
    ...(cut.length === 0 ? {} : { cut }),
  }
}

const pieceOf = ({ file, offset, bytes }: Place): Part['pieces'][number] => ({
  file,
  offset,
  bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
})

export type FileParts = Readonly<{
  /** What comes next, at most so many bytes of it. */
  take: (bytes: number) => Part
  /** Bytes not taken yet, at most. */
  size: () => number
}>

/** The files of a run as they are recorded, in parts of a bounded size: their names first, then their content in order. */
export const createFileParts = (collected: CollectedFiles | undefined): FileParts => {
  let places = collected === undefined ? [] : placesOf(collected)
  let announced = collected === undefined ? null : announcement(collected)

  const namesSize = (): number => (announced === null ? 0 : Buffer.byteLength(JSON.stringify(announced)))

  return {
    take: bytes => {
      const count = Math.max(0, Math.floor((bytes - namesSize()) / chunkBytes))
      const part = { collected: announced, pieces: places.slice(0, count).map(pieceOf) }
      places = places.slice(count)
      announced = null
      return part
    },
    size: () => places.length * chunkBytes + namesSize(),
  }
}
