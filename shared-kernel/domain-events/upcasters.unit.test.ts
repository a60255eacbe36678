import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { eventDecoder } from '../event-log/decode-event.ts'
import { type DomainEvent, domainEvent } from './domain-event.ts'
import { abandonReason } from './execution-abandoned.ts'
import { upcasters } from './upcasters.ts'

const read = eventDecoder<DomainEvent>(domainEvent.types, upcasters)

const dataOf = (type: string, data: unknown): unknown => {
  const event = read({ type, schema: 1, data })
  return E.isRight(event) ? event.right.data : event.left
}

describe('a submission that failed, of the first schema', () => {
  it('tells why and the detail apart, however the detail goes on', () =>
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(abandonReason.keys)), fc.string(), (why, detail) => {
        const told = dataOf('ExecutionFailed', { attempts: 2, cause: `${why}: ${detail}` })
        expect(told).toStrictEqual({ attempts: 2, why, detail })
      }),
    ))

  it.each(['unknown', '', 'toString: x', 'worker_lost', ': worker_lost: gone'])(
    'keeps %j whole, since it names no reason there is',
    cause => {
      expect(dataOf('ExecutionFailed', { attempts: 1, cause })).toStrictEqual({ attempts: 1, why: null, detail: cause })
    },
  )
})

describe('a run that was completed, of the first schema', () => {
  const naturalNumber = fc.nat()
  const usage = fc.record({
    ...{ cpuMs: naturalNumber, wallMs: naturalNumber, memoryBytes: naturalNumber },
    memorySource: fc.constantFrom('cgroup', 'rusage', 'sampled'),
  })
  const totals = fc.record({ bytes: naturalNumber, truncated: fc.boolean() })
  const data = fc.record({
    attempt: fc.integer({ min: 1, max: 9 }),
    outcome: fc.constantFrom('success', 'time_limit', 'internal_error'),
    reason: fc.option(fc.string()),
    exitCode: fc.option(fc.integer({ min: 0, max: 255 })),
    signal: fc.option(fc.string()),
    usage: fc.option(usage),
    output: fc.record({ stdout: totals, stderr: totals }),
  })

  it('is told as it was, and what was not measured is unknown', () =>
    fc.assert(
      fc.property(data, before => {
        const after = before.usage === null ? null : { ...before.usage, cpuUserMs: null, cpuSystemMs: null }
        expect(dataOf('ExecutionCompleted', before)).toStrictEqual({ ...before, usage: after })
      }),
    ))
})
