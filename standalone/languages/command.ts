import * as TE from 'fp-ts/lib/TaskEither.js'

/** What went wrong, one line each. */
export type Problems = ReadonlyArray<string>

/** A command about the languages named, or about all where none is. */
export type Command = (names: ReadonlyArray<string>) => TE.TaskEither<Problems, void>

export const usage: Command = () =>
  TE.left(['usage: npm run languages -- list [name..] | build [name..] | test [name..] | add <name>'])
