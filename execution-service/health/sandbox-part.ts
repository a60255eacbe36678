import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Part } from '@runledger/shared-kernel/health/readiness.ts'

/** Whether programs can run, and as well as they should. */
export const sandboxPart = async (sandbox: Pick<Sandbox, 'health'>): Promise<Part> => {
  const { problems } = await sandbox.health()
  return { part: 'sandbox', problems }
}
