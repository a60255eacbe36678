import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'

/**
 * Shut while no program can run here: a claim then would burn an attempt for nothing. Deliveries wait before it, so that
 * this worker takes no more than it holds.
 */
export type SandboxGate = Readonly<{
  isOpen: () => boolean
  /** Resolves when programs can run, or when the signal aborts. */
  opened: (signal: AbortSignal) => Promise<void>
  /** A run found the sandbox unavailable. */
  shut: (why: string) => void
  /** Asks the sandbox how it is. */
  probe: () => Promise<void>
}>

export const createSandboxGate = (
  sandbox: Pick<Sandbox, 'health'>,
  logger: Logger,
  onOpened: () => void,
): SandboxGate => {
  let open = true
  let nextOpening = Promise.withResolvers<void>()

  const shut = (why: string): void => {
    if (!open) return
    open = false
    logger.warn({ why }, 'The sandbox is unavailable; submissions wait')
  }

  const reopen = (): void => {
    if (open) return
    open = true
    logger.info({}, 'The sandbox is available again')
    nextOpening.resolve()
    nextOpening = Promise.withResolvers<void>()
    onOpened()
  }

  const probe = async (): Promise<void> => {
    const { healthy, problems } = await sandbox.health()
    if (healthy) reopen()
    else shut(problems.join('; '))
  }

  const opened = async (signal: AbortSignal): Promise<void> => {
    if (!open && !signal.aborted) await Promise.race([nextOpening.promise, aborted(signal)])
  }

  return { isOpen: () => open, opened, shut, probe }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
