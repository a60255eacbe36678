import { languagesPart } from '@runledger/execution-service/health/languages-part.ts'
import { sandboxPart } from '@runledger/execution-service/health/sandbox-part.ts'
import type { LanguageImages } from '@runledger/sandbox/images/language-images.ts'
import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { logPart } from '@runledger/shared-kernel/health/log-part.ts'
import { projectionsPart } from '@runledger/shared-kernel/health/projections-part.ts'
import { type Part, type Readiness, readinessOf } from '@runledger/shared-kernel/health/readiness.ts'

type Parts = Readonly<{
  log: Pick<EventLog, 'readPartition'>
  sandbox: Pick<Sandbox, 'health'>
  daemon: Pick<Part, 'warnings' | 'facts'>
  images: Pick<LanguageImages, 'statuses'>
  queries: Readonly<{ health: () => Readonly<{ problems: ReadonlyArray<string> }> }>
  /** Names of the languages without which the system is not ready. */
  first: ReadonlyArray<string>
}>

/** Ready: the log answers, Docker runs containers, and the first languages selected have their images. */
export const standaloneReadiness = async ({
  log,
  sandbox,
  daemon,
  images,
  queries,
  first,
}: Parts): Promise<Readiness> =>
  readinessOf([
    await logPart(log),
    await sandboxPart(sandbox, daemon),
    languagesPart(images, first),
    projectionsPart(queries.health()),
  ])
