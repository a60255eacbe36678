import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { pack } from 'tar-stream'

export type ContextFile = Readonly<{ name: string; content: Buffer }>

/** The files of a folder and below, by name, those `keep` says. */
export const contextFiles = async (
  folder: string,
  keep: (name: string) => boolean,
): Promise<ReadonlyArray<ContextFile>> => {
  const items = await readdir(folder, { withFileTypes: true, recursive: true })
  const names = items
    .filter(item => item.isFile())
    .map(item => join(item.parentPath, item.name).slice(folder.length + 1))
    .filter(keep)
    .sort()
  return Promise.all(names.map(async name => ({ name, content: await readFile(join(folder, name)) })))
}

/** As the archive a build is sent. Times are fixed, so the same files are the same bytes and hit the builder's cache. */
export const buildContext = (files: ReadonlyArray<ContextFile>): NodeJS.ReadableStream => {
  const archive = pack()
  for (const { name, content } of files) archive.entry({ name, mode: 0o644, mtime: new Date(0) }, content)
  archive.finalize()
  return archive.pipe(new PassThrough())
}
