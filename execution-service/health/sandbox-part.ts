import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Part } from '@runledger/shared-kernel/health/readiness.ts'

/** Whether programs can run, and as well as they should on what is there. */
export const sandboxPart = async (
  sandbox: Pick<Sandbox, 'health'>,
  daemon: Pick<Part, 'warnings' | 'facts'>,
): Promise<Part> => {
  const { problems } = await sandbox.health()
  return { ...daemon, part: 'sandbox', problems }
}
