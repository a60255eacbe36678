import { textThat } from '@runledger/shared-kernel/types/text.ts'
import { listUpTo } from './list-up-to.ts'

const mostPatterns = 16
const longestPattern = 256
const mostNames = 16

/** C0 controls, NUL among them, and DEL. */
const isControl = (character: string): boolean => character < ' ' || character === '\u007f'

const complaint = (pattern: string): string | null => {
  if (pattern === '') return 'must not be empty'
  if (Buffer.byteLength(pattern) > longestPattern) return `must be at most ${longestPattern} bytes`
  if ([...pattern].some(isControl)) return 'must not contain NUL or other control characters'
  if (/[\\[\]{}]/.test(pattern)) return 'must not contain \\ [ ] { or }: *, ? and ** are all there is'
  if (pattern.startsWith('/')) return 'must be a relative path'
  return namesComplaint(pattern.split('/'))
}

const namesComplaint = (names: ReadonlyArray<string>): string | null => {
  if (names.length > mostNames) return `must have at most ${mostNames} segments`
  if (names.includes('..') || names.includes('.')) return 'must not contain . or .. as a segment'
  if (names.includes('')) return 'must not contain empty segments'
  return names.some(name => name !== '**' && name.includes('**')) ? 'must have ** as a segment of its own' : null
}

/** Patterns of paths below the folder a program runs in; what the runner matches by them, it matches in bounded time. */
export const outputPatterns = listUpTo(mostPatterns, textThat('a pattern of paths', complaint), 'a list of patterns')
