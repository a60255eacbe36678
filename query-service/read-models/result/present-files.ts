import type { OpenFiles, OpenResult } from './result.ts'

const contentOf = ({ pieces }: OpenFiles, file: number): string =>
  Buffer.concat(pieces.filter(piece => piece.file === file).map(({ bytes }) => Buffer.from(bytes, 'base64'))).toString(
    'base64',
  )

const presentFile = (files: OpenFiles) => (path: string, file: number) => ({
  path,
  size: files.announced.sizes[file] ?? 0,
  content: contentOf(files, file),
})

/**
 * The files that were asked for, which of them are not there and why; nothing where none were asked for. `outputFiles` is
 * null where nobody could look: the program has not run, or its container was lost.
 */
export const presentFiles = ({ body, content }: OpenResult) => {
  if (body.outputLimits === undefined || content === null) return {}
  const { files } = content
  if (files === null)
    return { outputs: content.input.outputs, outputFiles: null, omittedFiles: [], omittedFileCount: 0 }
  const { names, leftOutInAll } = files.announced
  return {
    outputs: content.input.outputs,
    outputFiles: names.paths.map(presentFile(files)),
    omittedFiles: names.leftOut,
    omittedFileCount: leftOutInAll,
  }
}
