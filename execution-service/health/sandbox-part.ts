import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Part } from '@runledger/shared-kernel/health/readiness.ts'

/** Whether programs can run, and as well as they should on what is there. */
export const sandboxPart = async (
  sandbox: Pick<Sandbox, 'health'>,
  { warnings, facts }: Pick<Part, 'warnings' | 'facts'>,
): Promise<Part> => {
  const { problems } = await sandbox.health()
  return { part: 'sandbox', problems, ...(warnings && { warnings }), ...(facts && { facts }) }
}
