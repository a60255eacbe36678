import { type CollectedFile, collectedFiles } from './collected-files.ts'
import type { OpenResult } from './result.ts'

const presentFile = ({ path, size, bytes }: CollectedFile) => ({ path, size, content: bytes.toString('base64') })

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
    outputFiles: collectedFiles(files).map(presentFile),
    omittedFiles: names.leftOut,
    omittedFileCount: leftOutInAll,
  }
}
