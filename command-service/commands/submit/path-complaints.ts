/** C0 controls, NUL among them, and DEL: no file system needs them and every shell trips over them. */
const isControl = (character: string): boolean => character < ' ' || character === '\u007f'

/** What a path, or a pattern of paths, must not be as a text of `longest` bytes at most; null where it is sound. */
export const textComplaint = (text: string, longest: number): string | null => {
  if (text === '') return 'must not be empty'
  if (Buffer.byteLength(text) > longest) return `must be at most ${longest} bytes`
  return [...text].some(isControl) ? 'must not contain NUL or other control characters' : null
}

/** The same of its segments, `most` of them. */
export const segmentsComplaint = (segments: ReadonlyArray<string>, most: number): string | null => {
  if (segments.length > most) return `must have at most ${most} segments`
  if (segments.includes('..') || segments.includes('.')) return 'must not contain . or .. as a segment'
  return segments.includes('') ? 'must not contain empty segments' : null
}
