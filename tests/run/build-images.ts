import { connectDocker } from '@runledger/execution-service/compose/connect-docker.ts'
import { createSelfTest } from '@runledger/sandbox/docker/self-test.ts'
import { buildImages } from '@runledger/sandbox/images/build-images.ts'
import { loadLanguageDefinitions } from '@runledger/sandbox/languages/load-languages.ts'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { announce } from '@runledger/standalone/setup/announce.mjs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

type Problems = ReadonlyArray<string>

const connection = pipe(
  TE.fromEither(readConfig(process.env)),
  TE.flatMap(config =>
    pipe(
      connectDocker({
        config,
        logId: 'image-build',
        worker: 'image-build',
        logger: createLogger('warn', process.stderr),
      }),
      TE.mapLeft((problem): Problems => [problem]),
    ),
  ),
)

const definitions = pipe(
  loadLanguageDefinitions,
  TE.mapLeft(({ folder, problems }): Problems => problems.map(problem => `${folder}: ${problem}`)),
)

// Every language has its image before the suites run: none of them is to measure a build.
const built = await pipe(
  TE.Do,
  TE.bind('connection', () => connection),
  TE.bind('definitions', () => definitions),
  TE.flatMap(({ connection, definitions }) =>
    buildImages({ docker: connection.docker, definitions, onProgress: announce, selfTest: createSelfTest(connection) }),
  ),
)()

if (isLeft(built)) {
  for (const problem of built.left) announce(problem)
  process.exitCode = 1
}
