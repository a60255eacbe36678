import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import { evolve } from './evolve.ts'
import { initialSubmission } from './submission-state.ts'
import {
  abandoned,
  cancellationRequested,
  cancelled,
  chunk,
  compiled,
  completed,
  failed,
  received,
  started,
  wrote,
} from './test-support/events.ts'

const attempt = fc.integer({ min: 1, max: 3 })

const anyEvent: fc.Arbitrary<DomainEvent> = fc.oneof(
  fc.constantFrom<DomainEvent>(received, cancellationRequested, cancelled, failed(1)),
  attempt.map(started),
  attempt.map(compiled),
  attempt.map(n => completed(n)),
  attempt.map(n => abandoned(n)),
  fc.tuple(attempt, fc.string()).map(([n, text]) => wrote(n, chunk('stdout', 0, text))),
)

describe('given events in any order', () => {
  it('never throws, and an end stays the end', () => {
    void fc.assert(
      fc.property(fc.array(anyEvent), anyEvent, (events, next) => {
        const state = events.reduce(evolve, initialSubmission)
        const isEnded = !['unknown', 'waiting', 'running'].includes(state.status)
        if (isEnded) expect(evolve(state, next)).toBe(state)
      }),
    )
  })

  it('an event of another attempt leaves the state as it was', () => {
    const state = [received, started(1)].reduce(evolve, initialSubmission)
    for (const event of [compiled(2), completed(2), abandoned(2), started(3), wrote(2, chunk('stdout', 0, 'x'))]) {
      expect(evolve(state, event)).toBe(state)
    }
  })
})
