import * as E from 'fp-ts/lib/Either.js'
import { readOptions } from './read-options.ts'

type Asked = Readonly<{ file: string; isQuiet: boolean }>

export const oneFile = ([file, ...others]: ReadonlyArray<string>): E.Either<string, string> =>
  file === undefined || others.length > 0 ? E.left('name one file') : E.right(file)

/** The one file a command line names. Left: what is wrong with it, in words. */
export const readFileArgument = (args: ReadonlyArray<string>): E.Either<string, Asked> => {
  const options = readOptions(args, { quiet: { type: 'boolean', default: false } })
  if (E.isLeft(options)) return options
  const isQuiet = options.right.values.quiet
  return E.map((file: string) => ({ file, isQuiet }))(oneFile(options.right.positionals))
}
