import type { LanguageImages } from '@runledger/sandbox/images/language-images.ts'
import type { Meter } from '@runledger/shared-kernel/metrics/meter.ts'
import { observeOne } from '@runledger/shared-kernel/metrics/observe-one.ts'
import type { ExecutionService } from '../create-execution-service.ts'

type Measured = Readonly<{
  execution: Pick<ExecutionService, 'health'>
  images: Pick<LanguageImages, 'statuses'>
  concurrency: number
}>

/** What an execution-service does now, and may do. */
export const measureExecution = (meter: Meter, { execution, images, concurrency }: Measured): void => {
  const gauge = (name: string, help: string, read: () => number): void =>
    observeOne(meter, { name, help, kind: 'gauge' }, read)

  gauge('runledger_programs_running', 'Submissions that run now', () => execution.health().running)
  gauge('runledger_concurrency', 'Submissions that may run at once', () => concurrency)
  gauge('runledger_sandbox_up', 'Whether submissions can run now', () => Number(execution.health().healthy))
  meter.observed(
    { name: 'runledger_language_up', help: 'Whether a language can run now', labels: ['language'], kind: 'gauge' },
    () =>
      images.statuses().map(({ definition, state }) => ({
        labels: { language: definition.name },
        value: Number(state === 'ready'),
      })),
  )
}
