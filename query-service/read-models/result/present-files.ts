import { type CollectedFile, collectedFiles } from './collected-files.ts'
import type { OpenResult } from './result.ts'

const presentFile = ({ path, size, bytes, isTruncated }: CollectedFile) => ({
  name: path,
  size,
  content: bytes.toString('base64'),
  truncated: isTruncated,
})

/**
 * The files that were asked for, which of them are not there and why; nothing where none were asked for. `outputs` is
 * null where nobody could look: the program has not run, or its container was lost.
 */
export const presentFiles = ({ body, content }: OpenResult) => {
  if (body.outputLimits === undefined || content === null) return {}
  const { files, input } = content
  const asked = { outputPatterns: input.outputs }
  if (files === null) return { ...asked, outputs: null, omittedOutputs: [], omittedOutputCount: 0 }
  const { names, leftOutInAll } = files.announced
  return {
    ...asked,
    outputs: collectedFiles(files).map(presentFile),
    omittedOutputs: names.leftOut.map(({ path, reason }) => ({ name: path, reason })),
    omittedOutputCount: leftOutInAll,
  }
}
