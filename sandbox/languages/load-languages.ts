import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { failure } from 'io-ts/lib/PathReporter.js'
import { type LanguageDefinition, languageDefinition } from './language-definition.ts'
import { languagesFolder } from './languages-folder.ts'

/** A `language.json` that does not say what it should, or two that claim one name. */
export type LanguageFileProblem = Readonly<{
  _tag: 'LanguageFileProblem'
  folder: string
  problems: ReadonlyArray<string>
}>

/** Every language there is a folder for, by name. */
export const loadLanguageDefinitions: TE.TaskEither<
  LanguageFileProblem,
  ReadonlyArray<LanguageDefinition>
> = async () =>
  pipe(
    await Promise.all((await languageFolders()).map(readLanguage)),
    RA.sequence(E.Applicative),
    E.chain(refuseSharedNames),
  )

const languageFolders = async () =>
  (await readdir(languagesFolder, { withFileTypes: true }))
    .filter(item => item.isDirectory())
    .map(item => item.name)
    .sort()

const readLanguage = async (folder: string): Promise<E.Either<LanguageFileProblem, LanguageDefinition>> =>
  pipe(
    await readFile(join(languagesFolder, folder, 'language.json'), 'utf8'),
    text =>
      E.tryCatch(
        () => JSON.parse(text) as unknown,
        cause => [String(cause)],
      ),
    E.chain(json => pipe(languageDefinition.decode(json), E.mapLeft(failure))),
    E.filterOrElse(
      ({ name }) => name === folder,
      ({ name }) => [`is named "${name}": name and folder are the same`],
    ),
    E.mapLeft(problems => problem(folder, problems)),
  )

const refuseSharedNames = (
  definitions: ReadonlyArray<LanguageDefinition>,
): E.Either<LanguageFileProblem, ReadonlyArray<LanguageDefinition>> => {
  const owners = new Map<string, string>()
  for (const { name, aliases } of definitions)
    for (const word of [name, ...aliases]) {
      const owner = owners.get(word)
      if (owner !== undefined) return E.left(problem(name, [`"${word}" already means ${owner}`]))
      owners.set(word, name)
    }
  return E.right(definitions)
}

const problem = (folder: string, problems: ReadonlyArray<string>): LanguageFileProblem => ({
  _tag: 'LanguageFileProblem',
  folder,
  problems,
})
