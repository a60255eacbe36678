import { createReadStream } from 'node:fs'

/**
 * The lines of a file of any size. `readline` would end a line at U+2028 and U+2029 too, which JSON text may hold; what
 * follows the last line feed, if anything, is a line.
 */
export async function* linesOf(file: string): AsyncGenerator<string, void> {
  let pieces: Array<string> = []
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1024 * 1024 })) {
    const [first = '', ...rest] = String(chunk).split('\n')
    pieces.push(first)
    for (const piece of rest) {
      yield pieces.join('')
      pieces = [piece]
    }
  }
  const last = pieces.join('')
  if (last !== '') yield last
}
