import { findLanguage } from '@runledger/sandbox/languages/find-language.ts'
import type { LanguageDefinition } from '@runledger/sandbox/languages/language-definition.ts'
import { loadLanguageDefinitions } from '@runledger/sandbox/languages/load-languages.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Problems } from './command.ts'

/** The definitions with these names or aliases; all where there is no name. Left names the folders and names that are wrong. */
export const selectDefinitions = (
  names: ReadonlyArray<string>,
): TE.TaskEither<Problems, ReadonlyArray<LanguageDefinition>> =>
  pipe(
    loadLanguageDefinitions,
    TE.mapLeft(({ folder, problems }): Problems => problems.map(problem => `${folder}: ${problem}`)),
    TE.flatMap(known => {
      const unknown = names.filter(name => findLanguage(known, name) === null)
      if (unknown.length > 0) return TE.left(unknown.map(name => `there is no language ${name}`))
      return TE.right(names.length === 0 ? known : names.flatMap(name => findLanguage(known, name) ?? []))
    }),
  )
