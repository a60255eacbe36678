import type { Limits } from '@runledger/shared-kernel/types/limits.ts'
import { text, textThat } from '@runledger/shared-kernel/types/text.ts'
import * as t from 'io-ts'
import { argumentList } from './argument.ts'
import { limitsUpTo } from './limits-up-to.ts'
import { listUpTo } from './list-up-to.ts'

const mostCases = 1_000
const longestName = 200

const caseName = textThat('a string', value => {
  if (value === '') return 'must not be empty'
  return Buffer.byteLength(value) > longestName ? `must be at most ${longestName} bytes` : null
})

const encoding = t.keyof({ utf8: null, base64: null }, 'utf8 or base64')

const testCase = (maxima: Limits) =>
  t.exact(
    t.partial({
      name: caseName,
      stdin: text,
      args: argumentList,
      expectedOutput: text,
      encoding,
      limits: limitsUpTo(maxima),
    }),
    'an object with stdin and expectedOutput',
  )

const difference = t.refinement(
  t.number,
  value => Number.isFinite(value) && value >= 0,
  'a number that is not negative',
)

/** What a submission says of how it is to be judged. `encoding` of a case is that of both its texts. */
export const judgingMembers = (maxima: Limits) => ({
  tests: listUpTo(mostCases, testCase(maxima), 'a list of test cases'),
  expectedOutput: text,
  comparison: t.keyof({ exact: null, trimmed: null, tokens: null, float: null }, 'exact, trimmed, tokens or float'),
  tolerance: t.exact(t.partial({ absolute: difference, relative: difference }), 'an object with absolute and relative'),
  stopOnFirstFailure: t.boolean,
})
