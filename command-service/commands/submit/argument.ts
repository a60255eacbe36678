import { textThat } from '@runledger/shared-kernel/types/text.ts'
import { listUpTo } from './list-up-to.ts'

const mostArguments = 256
const mostArgumentBytes = 64 * 1024

const argument = textThat('a string', value => (value.includes('\0') ? 'must not contain NUL' : null))

/** Arguments of one run, each by itself. */
export const argumentList = listUpTo(mostArguments, argument, 'a list of strings')

/** What is wrong with all of them together. */
export const argumentsComplaint = (args: ReadonlyArray<string>): string | null =>
  args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0) > mostArgumentBytes
    ? `must be at most ${mostArgumentBytes} bytes together`
    : null
