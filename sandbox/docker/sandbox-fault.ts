import type { SandboxFault } from '../sandbox.ts'

export const sandboxFault = (kind: SandboxFault['kind'], message: string): SandboxFault => ({
  _tag: 'SandboxFault',
  kind,
  message,
})
