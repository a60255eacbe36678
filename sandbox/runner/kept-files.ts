import type { SourceFile } from '../sandbox.ts'
import { fileFrames, KEEP_BYTES, keepFrame, putBackFrame } from './host-frames.ts'

const bytesOf = (frames: ReadonlyArray<Uint8Array>): number => frames.reduce((sum, { length }) => sum + length, 0)

/**
 * Answers what has one runner make files in an empty box. It keeps them, unless they are too many for that: the same ones it
 * is told to make again are not sent again.
 */
export const createKeptFiles = (): ((files: ReadonlyArray<SourceFile>) => ReadonlyArray<Buffer>) => {
  let kept: ReadonlyArray<SourceFile> | null = null
  return files => {
    if (files === kept) return [putBackFrame]
    const frames = files.flatMap(fileFrames)
    if (frames.length === 0 || bytesOf(frames) > KEEP_BYTES) return frames
    kept = files
    return [keepFrame(frames), putBackFrame]
  }
}
