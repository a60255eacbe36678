import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { LanguageRegistry } from '@runledger/shared-kernel/languages/language-registry.ts'
import { observeAnnouncements } from '@runledger/shared-kernel/languages/living-announcements.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { WorkerIdentity } from '../execution-service-options.ts'

type Options = Readonly<{
  registry: LanguageRegistry
  catalogue: Pick<LanguageCatalogue, 'all'>
  worker: WorkerIdentity
  logger: Pick<Logger, 'warn' | 'error'>
  monotonic?: () => number
  timing?: Readonly<{ lookMs: number; beatMs: number; retireMs: number }>
}>

const usualTiming = { lookMs: 500, beatMs: 5000, retireMs: 600_000 }

/**
 * Tells the registry what this worker speaks: when that changes, and every now and then as a sign of life. Takes out
 * those that have given none for long. Answers how to end it; the entry stays, and ages.
 */
export const announceLanguages = (options: Options): (() => Promise<void>) => {
  const { registry, catalogue, worker, logger, monotonic = () => performance.now(), timing = usualTiming } = options
  const observer = observeAnnouncements({ monotonic, ageMs: timing.retireMs })
  let beat = 0
  let told: Readonly<{ languages: string; at: number }> | null = null
  let isFailing = false

  const noteFault = (message: string): void => {
    if (!isFailing) logger.warn({ cause: message }, 'the languages were not announced; trying again')
    isFailing = true
  }

  const retireDead = async (): Promise<void> => {
    const read = await registry.read()()
    if (isLeft(read)) return
    for (const announcement of observer.see(read.right).dead) await registry.retire(announcement)()
  }

  const announce = async (): Promise<void> => {
    const at = monotonic()
    const languages = catalogue.all()
    const text = JSON.stringify(languages)
    if (told !== null && told.languages === text && at - told.at < timing.beatMs) return
    beat += 1
    const announced = await registry.announce({
      workerId: worker.id,
      incarnation: worker.incarnation,
      beat,
      languages,
    })()
    if (isLeft(announced)) return noteFault(announced.left.message)
    told = { languages: text, at }
    isFailing = false
    await retireDead()
  }

  const loop = repeat(announce, timing.lookMs, err => logger.error({ err }, 'announcing the languages failed'))
  return loop.stop
}
