import { type CollectedFile, collectedFiles } from '../result/collected-files.ts'
import type { Content } from '../result/result.ts'
import { type Changes, changesIn } from './changes.ts'
import { type Difference, firstDifference } from './first-difference.ts'
import { type Pair, pairOf } from './pair.ts'

/** `size` is null where the file was not collected, and then there is no content to compare; of what was cut, what was kept is. */
type FileComparison = Readonly<{ name: string; size: Pair<number | null>; content: Difference | null }>

/** Over the files that were collected from either run, by name. */
export type FilesComparison = Changes<FileComparison>

const byPath = ({ files }: Content): ReadonlyMap<string, CollectedFile> =>
  new Map(files === null ? [] : collectedFiles(files).map(file => [file.path, file]))

const compareFile = (
  path: string,
  original: CollectedFile | undefined,
  replay: CollectedFile | undefined,
): FileComparison => ({
  name: path,
  size: pairOf<number | null>(original?.size ?? null, replay?.size ?? null),
  content: original === undefined || replay === undefined ? null : firstDifference(original.bytes, replay.bytes),
})

/** Null where no files were asked for. */
export const compareFiles = (original: Content, replay: Content): FilesComparison | null => {
  if (original.input.outputs === undefined) return null
  const [before, now] = [byPath(original), byPath(replay)]
  const paths = [...new Set([...before.keys(), ...now.keys()])].sort()
  const compared = paths.map(path => compareFile(path, before.get(path), now.get(path)))
  return changesIn(compared, ({ size, content }) => size.same && content === null)
}
