import type { LanguageImages } from '@runledger/sandbox/images/language-images.ts'
import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type Part, type Readiness, readinessOf } from './readiness.ts'

const logPart = async (log: Pick<EventLog, 'tails'>): Promise<Part> => {
  const tails = await log.tails()()
  return { part: 'event log', problems: isLeft(tails) ? [tails.left.message] : [] }
}

const sandboxPart = async (sandbox: Pick<Sandbox, 'health'>): Promise<Part> => {
  const { problems } = await sandbox.health()
  return { part: 'sandbox', problems }
}

const languagesPart = (images: Pick<LanguageImages, 'statuses'>, first: ReadonlyArray<string>): Part => ({
  part: 'languages',
  problems: images
    .statuses()
    .filter(({ definition, state }) => first.includes(definition.name) && state !== 'ready')
    .map(({ definition, problem }) => `${definition.name}: ${problem ?? 'is still being built'}`),
})

type Parts = Readonly<{
  log: Pick<EventLog, 'tails'>
  sandbox: Pick<Sandbox, 'health'>
  images: Pick<LanguageImages, 'statuses'>
  /** Names of the languages without which the system is not ready. */
  first: ReadonlyArray<string>
}>

/** Ready: the log answers, Docker runs containers, and the first languages selected have their images. */
export const standaloneReadiness = async ({ log, sandbox, images, first }: Parts): Promise<Readiness> =>
  readinessOf([await logPart(log), await sandboxPart(sandbox), languagesPart(images, first)])
