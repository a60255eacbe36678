import { textThat } from '@runledger/shared-kernel/types/text.ts'
import { segmentsComplaint, textComplaint } from './path-complaints.ts'

const longestName = 1_024
const longestSegment = 255
const mostSegments = 32

const complaint = (name: string): string | null => {
  const ofText = textComplaint(name, longestName)
  if (ofText !== null) return ofText
  if (name.startsWith('/')) return 'must be a relative path'
  if (name.includes('\\')) return 'must separate folders with /, not with a backslash'
  if (name.startsWith('-')) return 'must not begin with a hyphen'
  return namesComplaint(name.split('/'))
}

const namesComplaint = (segments: ReadonlyArray<string>): string | null => {
  const ofSegments = segmentsComplaint(segments, mostSegments)
  if (ofSegments !== null) return ofSegments
  return segments.some(segment => Buffer.byteLength(segment) > longestSegment)
    ? `must have segments of at most ${longestSegment} bytes`
    : null
}

/** The name of a source file: a relative path below the folder a program runs in, the same on every system. */
export const fileName = textThat('a relative path', complaint)
