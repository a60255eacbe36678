import { extract, type Header } from 'tar-stream'
import type { SourceFile } from '../sandbox.ts'

const mostFiles = 64
const executable = 0o755
const modes: ReadonlyArray<number> = [executable, 0o644]

type Entry = AsyncIterable<unknown> & Readonly<{ header: Header }>

const modeOf = ({ header }: Entry): number => header.mode & 0o7777

// The folder that was packed, whose name all others begin with.
const root = './'

const isRoot = ({ header }: Entry): boolean => header.type === 'directory' && header.name === root

const nameOf = ({ header }: Entry): string =>
  header.name.startsWith(root) ? header.name.slice(root.length) : header.name

// A name that is no UTF-8 would come out as another.
const isPlain = (entry: Entry): boolean =>
  entry.header.type === 'file' && modes.includes(modeOf(entry)) && !entry.header.name.includes('\ufffd')

const readFile = async (entry: Entry): Promise<SourceFile> => {
  const pieces: Array<Uint8Array> = []
  for await (const piece of entry) if (piece instanceof Uint8Array) pieces.push(piece)
  return { name: nameOf(entry), content: Buffer.concat(pieces), isExecutable: modeOf(entry) === executable }
}

const readAll = async (archive: Uint8Array): Promise<ReadonlyArray<SourceFile> | null> => {
  const files: Array<SourceFile> = []
  const entries = extract()
  entries.end(archive)
  for await (const entry of entries) {
    if (!isRoot(entry) && (!isPlain(entry) || files.length === mostFiles)) return null
    const file = await readFile(entry)
    if (!isRoot(entry)) files.push(file)
  }
  return files
}

/**
 * The files of an archive, where a few are all there is in it and the runner makes them as they are there: no directory,
 * no link, no mode of its own. Null where it is not so, or where it cannot be read. Nothing is written anywhere.
 */
export const plainFiles = async (archive: Uint8Array): Promise<ReadonlyArray<SourceFile> | null> => {
  try {
    return await readAll(archive)
  } catch {
    return null
  }
}
