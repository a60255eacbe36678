import { describe, expect, it } from 'vitest'
import { projectionsPart } from './projections-part.ts'
import { readinessOf } from './readiness.ts'

const sound = { part: 'event log', problems: [] }

describe('readiness', () => {
  it('is there where no part has a problem', () => {
    expect(readinessOf([sound])).toEqual({ ready: true, problems: [], warnings: [], facts: {} })
  })

  it('tells what its parts stand on', () => {
    const sandbox = { part: 'sandbox', problems: [], facts: { runtime: 'runc', seccomp: true } }
    expect(readinessOf([sound, sandbox]).facts).toEqual({ sandbox: { runtime: 'runc', seccomp: true } })
  })

  it('is lost with any part, and names it', () => {
    const readiness = readinessOf([sound, { part: 'sandbox', problems: ['Docker does not answer'] }])
    expect(readiness).toMatchObject({
      ready: false,
      problems: [{ part: 'sandbox', problem: 'Docker does not answer' }],
    })
  })

  it('survives a parked stream, and tells of it', () => {
    const readiness = readinessOf([sound, projectionsPart({ problems: ['1 streams of projection result are parked'] })])
    expect(readiness).toMatchObject({
      ready: true,
      warnings: [{ part: 'projections', problem: '1 streams of projection result are parked' }],
    })
  })
})
