import { describe, expect, it } from 'vitest'
import { sandboxPart } from './sandbox-part.ts'

const sandbox = (problems: ReadonlyArray<string>) => ({
  health: async () => ({ available: problems.length === 0, healthy: problems.length === 0, problems }),
})

const daemon = { warnings: ['it cannot limit swap'], facts: { runtime: 'crun', seccomp: true } }

describe('given a sandbox on a daemon that lacks something', () => {
  it('tells what is lacked as a warning, beside what the sandbox stands on', async () => {
    expect(await sandboxPart(sandbox([]), daemon)).toEqual({ part: 'sandbox', problems: [], ...daemon })
  })

  it('tells it also while no program can run', async () => {
    expect(await sandboxPart(sandbox(['Docker does not answer']), daemon)).toEqual({
      part: 'sandbox',
      problems: ['Docker does not answer'],
      ...daemon,
    })
  })
})
