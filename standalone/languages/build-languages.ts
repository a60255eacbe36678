import { createSelfTest } from '@runledger/sandbox/docker/self-test.ts'
import { buildImages } from '@runledger/sandbox/images/build-images.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { announce } from '../setup/announce.mjs'
import type { Command } from './command.ts'
import { connect } from './connect.ts'
import { selectDefinitions } from './select-definitions.ts'

/** Builds and tests the images that are missing. */
export const buildLanguages: Command = names =>
  pipe(
    TE.Do,
    TE.bind('definitions', () => selectDefinitions(names)),
    TE.bind('connection', () => connect),
    TE.flatMap(({ definitions, connection }) =>
      buildImages({
        docker: connection.docker,
        definitions,
        onProgress: announce,
        selfTest: createSelfTest(connection),
      }),
    ),
    TE.map(() => undefined),
  )
