import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'

const isMisuse = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_')

/** The options and file names of a command line, or in words what is wrong with it. */
export const readOptions = <Options extends ParseArgsOptionsConfig>(args: ReadonlyArray<string>, options: Options) => {
  try {
    return E.right(parseArgs({ args: [...args], options, allowPositionals: true, strict: true }))
  } catch (thrown) {
    if (!isMisuse(thrown)) throw thrown
    return E.left(thrown.message)
  }
}
