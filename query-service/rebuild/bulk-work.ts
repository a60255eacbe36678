import type { Either } from 'fp-ts/lib/Either.js'
import type { Projection } from '../projector/projection.ts'

export type Progress = Readonly<{ done: number; total: number }>

/** `failed`: it will never succeed, since the log or the code is as it is. `interrupted`: it may be begun again. */
export type BulkFault = Readonly<{ kind: 'failed' | 'interrupted'; why: string }>

export type BulkOptions = Readonly<{
  /** Asked after each batch; false ends the work. */
  mayGoOn: () => boolean
  /** Told after each batch, in commits of the log. */
  onProgress: (progress: Progress) => void
}>

type BulkTask = (projection: Projection, options: BulkOptions) => Promise<Either<BulkFault, void>>

/** What reads the whole log: it is done where clients are not kept waiting by it. */
export type BulkWork = Readonly<{
  /** Folds the log into a generation's collections, until it is close behind. */
  build: BulkTask
  /** Compares a generation, which stands still, with a fold of the log as far as its checkpoints. */
  verify: BulkTask
}>

export const cannotGoOn = ({ message }: Readonly<{ message: string }>): BulkFault => ({
  kind: 'interrupted',
  why: message,
})
