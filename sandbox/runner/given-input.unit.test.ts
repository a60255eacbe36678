import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { givenInput } from './given-input.ts'

const payload = (frame: Uint8Array): Uint8Array => frame.subarray(5)
const credits = fc.array(fc.integer({ min: 1, max: 60 }))
const isEnd = (frame: Uint8Array): boolean => frame[0] === 0x05

describe('stdin that is given', () => {
  it('never sends more than its credit, and all of stdin once', () => {
    const anyInput = fc.property(fc.uint8Array({ maxLength: 500 }), credits, (stdin, granted) => {
      const feeder = givenInput(stdin)
      const grants = [...granted, 500].map(credit => ({ credit, frames: feeder.grant(credit) }))
      for (const { credit, frames } of grants)
        expect(Buffer.concat(frames.map(payload)).length).toBeLessThanOrEqual(credit)
      const sent = grants.flatMap(({ frames }) => frames)
      expect(Buffer.concat(sent.map(payload))).toEqual(Buffer.from(stdin))
      expect(sent.filter(isEnd)).toHaveLength(1)
      expect(isEnd(sent.at(-1) ?? Buffer.of(0))).toBe(true)
    })
    void fc.assert(anyInput)
  })

  it('ends an empty stdin at once', () => {
    expect(givenInput(new Uint8Array()).grant(10).map(isEnd)).toEqual([true])
  })

  it('cuts a large credit into frames of 64 KiB', () => {
    const frames = givenInput(Buffer.alloc(200_000)).grant(200_000)
    expect(frames.map(frame => payload(frame).length)).toEqual([65_536, 65_536, 65_536, 3_392, 0])
  })
})
