import { anonymousTenant } from '@runledger/shared-kernel/types/anonymous.ts'
import { describe, expect, it } from 'vitest'
import { containerReuse } from './container-reuse.ts'

const reuse = (isolation: 'single-use' | 'per-tenant', host: string, isAlone: boolean) =>
  containerReuse({ host, sandbox: { isolation, runsPerContainer: 7, runtime: null, dockerHost: null } }, isAlone)

describe('given a server that only its own machine reaches', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('containers serve its user, on %s', host => {
    const reused = reuse('per-tenant', host, true)
    expect(reused?.serves(anonymousTenant)).toBe(true)
    expect(reused?.runsPerContainer).toBe(7)
  })

  it('every run has its own container where that is asked for', () => {
    expect(reuse('single-use', '127.0.0.1', true)).toBeNull()
  })
})

describe('given a server that others reach', () => {
  it.each([
    ['listens everywhere', '0.0.0.0', true],
    ['listens on a name that only begins like one of its own', '127.0.0.1.example.org', true],
    ['is one of several', '127.0.0.1', false],
  ])('strangers never follow one another in a container, as it %s', (_, host, isAlone) => {
    const reused = reuse('per-tenant', host, isAlone)
    expect(reused?.serves(anonymousTenant)).toBe(false)
    expect(reused?.serves('someone known')).toBe(true)
  })
})
