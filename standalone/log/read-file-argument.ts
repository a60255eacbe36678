import * as E from 'fp-ts/lib/Either.js'
import { readOptions } from './read-options.ts'

type Asked = Readonly<{ file: string; isQuiet: boolean }>

/** The one file a command line names. Left: what is wrong with it, in words. */
export const readFileArgument = (args: ReadonlyArray<string>): E.Either<string, Asked> => {
  const options = readOptions(args, { quiet: { type: 'boolean', default: false } })
  if (E.isLeft(options)) return options
  const [file, ...others] = options.right.positionals
  if (file === undefined || others.length > 0) return E.left('name one file')
  return E.right({ file, isQuiet: options.right.values.quiet })
}
