import { connectDocker, type DockerConnection } from '@runledger/execution-service/compose/connect-docker.ts'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Problems } from './command.ts'

/** The daemon of this configuration, for containers that test images. */
export const connect: TE.TaskEither<Problems, DockerConnection> = pipe(
  TE.fromEither(readConfig(process.env)),
  TE.flatMap(config =>
    pipe(
      connectDocker({
        config,
        logId: 'image-build',
        worker: 'image-build',
        logger: createLogger('warn', process.stderr),
      }),
      TE.mapLeft(({ message }): Problems => [message]),
    ),
  ),
)
