import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'

/**
 * Shut while no program can run here: a claim then would burn an attempt for nothing. Deliveries made just before wait
 * before it for a while.
 */
export type SandboxGate = Readonly<{
  /** Why no program can run here; null while it is open. */
  problem: () => string | null
  /** Resolves when programs can run, when the signal aborts, or when all are released. */
  opened: (signal: AbortSignal) => Promise<void>
  /** A run found the sandbox unavailable. */
  shut: (why: string) => void
  /** Asks the sandbox how it is. */
  probe: () => Promise<void>
  /** Lets go of all that wait, without opening. */
  release: () => void
}>

type Reactions = Readonly<{ onShut: () => void; onOpened: () => void }>

export const createSandboxGate = (
  sandbox: Pick<Sandbox, 'health'>,
  logger: Logger,
  { onShut, onOpened }: Reactions,
): SandboxGate => {
  let problem: string | null = null
  let nextOpening = Promise.withResolvers<void>()

  const shut = (why: string): void => {
    if (problem !== null) return
    problem = why
    logger.warn({ why }, 'The sandbox is unavailable; submissions wait')
    onShut()
  }

  const release = (): void => {
    nextOpening.resolve()
    nextOpening = Promise.withResolvers<void>()
  }

  const reopen = (): void => {
    if (problem === null) return
    problem = null
    logger.info({}, 'The sandbox is available again')
    release()
    onOpened()
  }

  const probe = async (): Promise<void> => {
    const { available, problems } = await sandbox.health()
    if (available) reopen()
    else shut(problems.join('; '))
  }

  const opened = async (signal: AbortSignal): Promise<void> => {
    if (problem !== null && !signal.aborted) await Promise.race([nextOpening.promise, aborted(signal)])
  }

  return { problem: () => problem, opened, shut, probe, release }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
