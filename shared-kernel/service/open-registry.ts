import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { LanguageRegistry } from '../languages/language-registry.ts'
import { openMongoLanguageRegistry } from '../languages/mongo/open-mongo-language-registry.ts'
import { requireUrl } from './require-url.ts'
import type { ServiceNeeds } from './run-service.ts'

/** Where workers announce their languages, in MongoDB. */
export const openRegistry = ({ config, teardown }: ServiceNeeds): E.Either<string, LanguageRegistry> =>
  pipe(
    requireUrl('MONGO_URL', config.mongoUrl),
    E.flatMap(url =>
      pipe(
        openMongoLanguageRegistry({ url }),
        E.mapLeft(({ message }) => `MONGO_URL: ${message}`),
      ),
    ),
    E.tap(registry => E.right(teardown.add('language registry', registry.close))),
  )
