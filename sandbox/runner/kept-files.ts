import type { SourceFile } from '../sandbox.ts'
import { fileFrames, fileFramesBytes, KEEP_BYTES, keepFrame, putBackFrame } from './host-frames.ts'

/** Whether a runner has room for these files, and there are any. */
export const areKept = (files: ReadonlyArray<SourceFile>): boolean => {
  const bytes = files.reduce((sum, file) => sum + fileFramesBytes(file), 0)
  return bytes > 0 && bytes <= KEEP_BYTES
}

/**
 * Answers what has one runner make files in an empty box. It keeps them, unless they are too many for that: the same ones it
 * is told to make again are not sent again.
 */
export const createKeptFiles = (): ((files: ReadonlyArray<SourceFile>) => ReadonlyArray<Buffer>) => {
  let kept: ReadonlyArray<SourceFile> | null = null
  return files => {
    if (files === kept) return [putBackFrame]
    const frames = files.flatMap(fileFrames)
    if (!areKept(files)) return frames
    kept = files
    return [keepFrame(frames), putBackFrame]
  }
}
