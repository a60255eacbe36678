import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { storePart } from '../health/store-part.ts'
import { openMongoReadModelStore } from '../read-model-store/mongo/open-mongo-read-model-store.ts'
import type { ReadModelStore } from '../read-model-store/read-model-store.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

const part = 'read models (MONGO_URL)'

/** The read models in MongoDB, as soon as it is there. */
export const openReadModels = ({ config, teardown, waitFor }: ServiceNeeds): TE.TaskEither<string, ReadModelStore> =>
  pipe(
    TE.fromEither(requireUrl('MONGO_URL', config.mongoUrl)),
    TE.flatMap(url =>
      waitFor(
        part,
        pipe(
          openMongoReadModelStore({ url }),
          TE.mapLeft(({ message }) => ({ message, isPassing: true })),
        ),
      ),
    ),
    TE.tapIO(store => () => teardown.add('read models', store.close)),
  )

/** Whether the read models in MongoDB answer. */
export const readModelsPart = (store: ReadModelStore) => storePart(store, part)
