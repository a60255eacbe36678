import { textThat } from '@runledger/shared-kernel/types/text.ts'

const longestName = 1_024
const longestSegment = 255
const mostSegments = 32

/** C0 controls, NUL among them, and DEL: no file system needs them and every shell trips over them. */
const isControl = (character: string): boolean => character < ' ' || character === '\u007f'

const complaint = (name: string): string | null => {
  if (name === '') return 'must not be empty'
  if (Buffer.byteLength(name) > longestName) return `must be at most ${longestName} bytes`
  if ([...name].some(isControl)) return 'must not contain NUL or other control characters'
  if (name.startsWith('/')) return 'must be a relative path'
  if (name.includes('\\')) return 'must separate folders with /, not with a backslash'
  if (name.startsWith('-')) return 'must not begin with a hyphen'
  return segmentComplaint(name.split('/'))
}

const segmentComplaint = (segments: ReadonlyArray<string>): string | null => {
  if (segments.length > mostSegments) return `must have at most ${mostSegments} segments`
  if (segments.includes('..') || segments.includes('.')) return 'must not contain . or .. as a segment'
  if (segments.includes('')) return 'must not contain empty segments'
  return segments.some(segment => Buffer.byteLength(segment) > longestSegment)
    ? `must have segments of at most ${longestSegment} bytes`
    : null
}

/** The name of a source file: a relative path below the folder a program runs in, the same on every system. */
export const fileName = textThat('a relative path', complaint)
