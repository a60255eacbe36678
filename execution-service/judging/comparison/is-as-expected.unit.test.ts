import type { Comparison } from '@runledger/shared-kernel/types/test-plan.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAsExpected } from './is-as-expected.ts'

const float = (absolute: number, relative: number): Comparison => ({ mode: 'float', absolute, relative })

const agrees = (comparison: Comparison, written: string, expected: string): boolean =>
  isAsExpected(comparison, Buffer.from(written), Buffer.from(expected))

const exact: Comparison = { mode: 'exact' }
const trimmed: Comparison = { mode: 'trimmed' }
const tokens: Comparison = { mode: 'tokens' }

it.each([
  [exact, 'a\n', 'a\n', true],
  [exact, 'a', 'a\n', false],
  [exact, '', '', true],
  [trimmed, 'a  \nb\t\r\n\n \n', 'a\nb', true],
  [trimmed, 'a\r\nb\r\n', 'a\nb\n', true],
  [trimmed, ' a', 'a', false],
  [trimmed, 'a\n\nb', 'a\nb', false],
  [trimmed, '\na', 'a', false],
  [trimmed, 'a  b', 'a b', false],
  [trimmed, ' \n\n', '', true],
  [trimmed, 'a\nb', 'a', false],
  [trimmed, 'a', 'a\nb', false],
  [tokens, ' a \n b\tc', 'a b c', true],
  [tokens, 'ab', 'a b', false],
  [tokens, 'a', 'a b', false],
  [tokens, 'a b c', 'a b', false],
  [tokens, '1.0', '1', false],
  [float(1e-6, 1e-6), '0.33333333 yes', '0.333333333 yes', true],
  [float(1e-6, 1e-6), '0.3333 yes', '0.333333333 yes', false],
  [float(0.1, 0), '1.05', '1', true],
  [float(0.1, 0), '1.2', '1', false],
  [float(0, 0.1), '1050', '1000', true],
  [float(0, 0.1), '1200', '1000', false],
  [float(0, 0), '1e3', '1000.0', true],
  [float(1, 1), 'nan', 'NaN', true],
  [float(1, 1), 'nan', '0', false],
  [float(1, 1), '0', 'nan', false],
  [float(1, 1), 'inf', 'Infinity', true],
  [float(1, 1), '-inf', 'inf', false],
  [float(1, 1), '5', 'inf', false],
  [float(1, 1), '1e999', 'inf', false],
  [float(1, 1), '0x10', '16', false],
  [float(1, 1), '', '0', false],
  [float(1, 1), '1 2', '1', false],
])('given the comparison %j, %j is compared with %j: %j', (comparison, written, expected, same) => {
  expect(agrees(comparison, written, expected)).toBe(same)
})

const anyComparison = fc.oneof(
  fc.constantFrom<Comparison>({ mode: 'exact' }, { mode: 'trimmed' }, { mode: 'tokens' }),
  fc
    .tuple(fc.double({ min: 0, noNaN: true }), fc.double({ min: 0, noNaN: true }))
    .map(([one, other]) => float(one, other)),
)

const word = fc.stringMatching(/^[!-~]{1,8}$/)
const gap = fc.stringMatching(/^[ \t\r\n]{1,4}$/)

describe('given any output', () => {
  it('is as expected of itself, byte for byte, in every comparison', () =>
    fc.assert(
      fc.property(anyComparison, fc.uint8Array({ maxLength: 300 }), (comparison, bytes) => {
        expect(isAsExpected(comparison, bytes, Uint8Array.from(bytes))).toBe(true)
      }),
    ))

  it('is as expected by tokens whatever white space stands between them', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap, gap), { minLength: 1 }), words => {
        const [one, other] = [1, 2].map(at => words.map(parts => `${parts[0]}${parts[at]}`).join(''))
        expect(agrees({ mode: 'tokens' }, one ?? '', other ?? '')).toBe(true)
      }),
    ))

  it('is as expected when trimmed whatever white space is at the ends of lines', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.stringMatching(/^[ \t\r]{0,4}$/))), gap, (lines, end) => {
        const written = lines.map(([text, space]) => `${text}${space}`).join('\n') + end
        expect(agrees({ mode: 'trimmed' }, written, lines.map(([text]) => text).join('\n'))).toBe(true)
      }),
    ))

  it('is accepted within a tolerance exactly where the numbers are that close', () =>
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (written, expected, absolute) => {
          const isClose = Math.abs(written - expected) <= absolute
          expect(agrees(float(absolute, 0), String(written), String(expected))).toBe(isClose)
        },
      ),
    ))

  it('takes no longer than what was expected is long, but for white space', () => {
    const flood = Buffer.alloc(32 * 1024 * 1024, 'spaces without end: '.repeat(8))
    const begun = performance.now()
    expect(isAsExpected({ mode: 'tokens' }, flood, Buffer.from('spaces only'))).toBe(false)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })
})
