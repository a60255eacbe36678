import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Part } from '../health/readiness.ts'
import type { LanguageCatalogue } from '../languages/language-catalogue.ts'
import { createRegistryCatalogue } from '../languages/registry-catalogue.ts'
import { openRegistry } from './open-registry.ts'
import type { ServiceNeeds } from './run-service.ts'

/** The languages as the workers announce them, looked at once already. */
export const openCatalogue = (needs: ServiceNeeds): TE.TaskEither<string, LanguageCatalogue> =>
  pipe(
    TE.fromEither(openRegistry(needs)),
    TE.flatMapTask(registry => async () => {
      const catalogue = createRegistryCatalogue({ registry, logger: needs.logger })
      needs.teardown.add('language catalogue', catalogue.stop)
      await catalogue.start()
      return catalogue
    }),
  )

/** Whether programs of any language can be taken. */
export const catalogueParts = (catalogue: LanguageCatalogue): Part => {
  const canRun = catalogue.all().some(({ state }) => state === 'ready')
  return { part: 'languages', problems: canRun ? [] : ['no worker has announced a language that is ready'] }
}
