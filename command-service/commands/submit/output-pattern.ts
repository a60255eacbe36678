import { textThat } from '@runledger/shared-kernel/types/text.ts'
import { listUpTo } from './list-up-to.ts'
import { segmentsComplaint, textComplaint } from './path-complaints.ts'

const mostPatterns = 16
const longestPattern = 256
const mostNames = 16

const complaint = (pattern: string): string | null => {
  const ofText = textComplaint(pattern, longestPattern)
  if (ofText !== null) return ofText
  if (/[\\[\]{}]/.test(pattern)) return 'must not contain \\ [ ] { or }: *, ? and ** are all there is'
  if (pattern.startsWith('/')) return 'must be a relative path'
  return namesComplaint(pattern.split('/'))
}

const namesComplaint = (names: ReadonlyArray<string>): string | null => {
  const ofSegments = segmentsComplaint(names, mostNames)
  if (ofSegments !== null) return ofSegments
  return names.some(name => name !== '**' && name.includes('**')) ? 'must have ** as a segment of its own' : null
}

/** Patterns of paths below the folder a program runs in; what the runner matches by them, it matches in bounded time. */
export const outputPatterns = listUpTo(mostPatterns, textThat('a pattern of paths', complaint), 'a list of patterns')
