import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { received } from '../submission/test-support/events.ts'
import type { SubmissionId } from '../types/ids.ts'
import { submissionReceived } from './submission-received.ts'

const replayOf = '0192d4c8-5a7e-7c3b-9f10-6a1b2c3d4e5f' as SubmissionId

describe('given a submission that is a replay', () => {
  it.each(['original', 'current'] as const)('keeps that the %s image is wanted', replayImage => {
    const event = { ...received, data: { ...received.data, replayOf, replayImage } }
    expect(submissionReceived.decode(submissionReceived.encode(event))).toStrictEqual(E.right(event))
  })

  it('gains no member where none was written', () => {
    const event = { ...received, data: { ...received.data, replayOf } }
    expect(submissionReceived.decode(event)).toStrictEqual(E.right(event))
    expect(submissionReceived.encode(event)).toStrictEqual(event)
  })

  it('is refused where another image is wanted', () => {
    const event = { ...received, data: { ...received.data, replayOf, replayImage: 'newest' } }
    expect(E.isLeft(submissionReceived.decode(event))).toBe(true)
  })
})
