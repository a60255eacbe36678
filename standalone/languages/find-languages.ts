import type { DockerConnection } from '@runledger/execution-service/compose/connect-docker.ts'
import { findImages } from '@runledger/sandbox/images/find-images.ts'
import type { ReadyImage } from '@runledger/sandbox/images/language-image.ts'
import type { LanguageDefinition } from '@runledger/sandbox/languages/language-definition.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Problems } from './command.ts'
import { connect } from './connect.ts'
import { selectDefinitions } from './select-definitions.ts'

export type FoundLanguages = Readonly<{
  definitions: ReadonlyArray<LanguageDefinition>
  connection: DockerConnection
  /** Of those that are built. */
  images: ReadonlyArray<ReadyImage>
}>

/** The languages named, and those of their images that are there. */
export const findLanguages = (names: ReadonlyArray<string>): TE.TaskEither<Problems, FoundLanguages> =>
  pipe(
    TE.Do,
    TE.bind('definitions', () => selectDefinitions(names)),
    TE.bind('connection', () => connect),
    TE.bind('images', ({ definitions, connection }) =>
      TE.tryCatch(
        () => findImages(connection.docker, definitions),
        (cause): Problems => [String(cause)],
      ),
    ),
  )
