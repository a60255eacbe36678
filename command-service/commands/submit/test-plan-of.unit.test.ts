import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { testPlanOf } from './test-plan-of.ts'

const config = readConfig({})
if (E.isLeft(config)) throw new Error(config.left.join('\n'))
const policy = config.right.limits.run
const place = { policy, language: { runFactors: { cpuTimeMs: 2 } } }
const python = { lang: 'python', code: 'x' }
const utf8 = (content: string) => ({ content, encoding: 'utf8' })

describe('given a body', () => {
  it('without tests or expected output, it is only run', () => {
    expect(testPlanOf({ ...python, stdInput: 'x' }, place)).toBeNull()
  })

  it('with an expected output alone, that is one case, with the input and arguments of the body', () => {
    const body = { ...python, stdInput: 'AA==', stdInputEncoding: 'base64' as const, args: ['a'], expectedOutput: 'x' }
    expect(testPlanOf(body, place)).toStrictEqual({
      cases: [{ name: '1', stdin: { content: 'AA==', encoding: 'base64' }, args: ['a'], expectedOutput: utf8('x') }],
      comparison: { mode: 'trimmed' },
      stopOnFirstFailure: false,
    })
  })

  it('with tests, each has a name, and the arguments of the body where it has none', () => {
    const tests = [{ stdin: '1' }, { name: 'two', args: [], expectedOutput: '' }]
    expect(testPlanOf({ ...python, args: ['a'], tests, stopOnFirstFailure: true }, place)).toStrictEqual({
      cases: [
        { name: '1', stdin: utf8('1'), args: ['a'], expectedOutput: null },
        { name: 'two', stdin: utf8(''), args: [], expectedOutput: utf8('') },
      ],
      comparison: { mode: 'trimmed' },
      stopOnFirstFailure: true,
    })
  })

  it('limits of a case stand before those of the body, and those before the defaults', () => {
    const body = { ...python, limits: { wallTimeMs: 7, processes: 3 }, tests: [{ limits: { wallTimeMs: 5 } }] }
    expect(testPlanOf(body, place)?.cases[0]?.limits).toStrictEqual({
      ...policy.defaults,
      ...{ cpuTimeMs: 2 * policy.defaults.cpuTimeMs, wallTimeMs: 5, processes: 3 },
    })
  })

  it.each([
    [{}, { absolute: 1e-6, relative: 1e-6 }],
    [{ tolerance: { absolute: 0.5 } }, { absolute: 0.5, relative: 1e-6 }],
    [{ tolerance: { absolute: 0, relative: 0 } }, { absolute: 0, relative: 0 }],
  ])('numbers may differ by what is said, else by a millionth: %j', (members, expected) => {
    const plan = testPlanOf({ ...python, tests: [{}], comparison: 'float', ...members }, place)
    expect(plan?.comparison).toStrictEqual({ mode: 'float', ...expected })
  })
})
