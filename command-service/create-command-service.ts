import { jsonBody } from '@runledger/shared-kernel/http/json-body.ts'
import { route } from '@runledger/shared-kernel/http/route.ts'
import { pooledRandomBytes } from '@runledger/shared-kernel/sealing/random-bytes.ts'
import express, { type Router } from 'express'
import { v7 } from 'uuid'
import { batch } from './commands/batch/batch.ts'
import { cancel } from './commands/cancel/cancel.ts'
import { erase } from './commands/erase/erase.ts'
import { replay } from './commands/replay/replay.ts'
import { submit } from './commands/submit/submit.ts'
import type { Dependencies } from './dependencies.ts'

type Needs = Omit<Dependencies, 'now' | 'newId'> & Partial<Pick<Dependencies, 'now' | 'newId'>>

// The library asks the system for the random bytes of each id anew: four fifths of what one takes.
const newId = (): string => v7({ rng: () => pooledRandomBytes(16) })

/** The write side: what the system can be told, over HTTP. Never reads a read model. */
export const createCommandService = (needs: Needs): Readonly<{ router: Router }> => {
  const dependencies: Dependencies = { now: () => new Date(), newId, ...needs }
  const body = jsonBody(dependencies.maxBodyBytes)
  const router = express.Router()
  router.use(route('/api/submit', { POST: [...body, submit(dependencies)] }))
  router.use(route('/api/submissions/:id/cancel', { POST: [...body, cancel(dependencies)] }))
  router.use(route('/api/submissions/:id/erase', { POST: [...body, erase(dependencies)] }))
  router.use(route('/api/submissions/:id/replay', { POST: [...body, replay(dependencies)] }))
  router.use(route('/api/submissions/batch', { POST: [...body, batch(dependencies)] }))
  return { router }
}
