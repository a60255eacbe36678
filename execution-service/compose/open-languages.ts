import type { SelfTest } from '@runledger/sandbox/images/language-image.ts'
import { type LanguageImages, openLanguageImages } from '@runledger/sandbox/images/language-images.ts'
import { loadLanguageDefinitions } from '@runledger/sandbox/languages/load-languages.ts'
import type Dockerode from 'dockerode'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Selection, selectLanguages } from '../languages/select-languages.ts'

type Needs = Readonly<{ docker: Dockerode; selfTest: SelfTest; onProgress: (line: string) => void }>

export type Languages = Readonly<{ selection: Selection; images: LanguageImages }>

/** The images of the languages with these names, which are found or built from now on. */
export const openLanguages = (names: ReadonlyArray<string>, needs: Needs): TE.TaskEither<string, Languages> =>
  pipe(
    loadLanguageDefinitions,
    TE.mapLeft(({ folder, problems }) => `the language in ${folder} is not usable: ${problems.join('; ')}`),
    TE.flatMapEither(known => selectLanguages(known, names)),
    TE.map(selection => ({ selection, images: openLanguageImages({ ...needs, ...selection }) })),
  )
