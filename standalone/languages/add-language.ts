import { languagesFolder } from '@runledger/sandbox/languages/languages-folder.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Command, usage } from './command.ts'
import { scaffoldLanguage } from './scaffold-language.ts'

const nextSteps = (name: string, folder: string): string =>
  [
    `${folder} is there. Next:`,
    '  1. in its Dockerfile, install the packages of the language',
    '  2. in its language.json, say how it compiles and runs, and let the self-test show it',
    `  3. npm run languages -- build ${name}`,
  ].join('\n')

/** Lays a folder for a new language. */
export const addLanguage: Command = ([name, ...more]) =>
  name === undefined || more.length > 0
    ? usage([])
    : pipe(
        scaffoldLanguage(languagesFolder, name),
        TE.map(folder => console.log(nextSteps(name, folder))),
      )
