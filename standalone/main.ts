import { runMain } from '@runledger/shared-kernel/process/run-main.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { firstSteps } from './first-steps.ts'
import { announce } from './setup/announce.mjs'
import { startStandalone } from './start-standalone.ts'

await runMain({
  env: process.env,
  announce,
  start: needs =>
    pipe(
      startStandalone({ ...needs, onProgress: announce }),
      TE.tapIO(url => () => {
        if (!needs.stopping.aborted) console.log(firstSteps(url))
      }),
    ),
})
