import * as t from 'io-ts'
import { encodedBytes } from './encoded-bytes.ts'
import { limits } from './limits.ts'

/** `absolute` and `relative`: a number may differ from the expected one by either. */
const comparison = t.union(
  [
    t.strict({ mode: t.keyof({ exact: null, trimmed: null, tokens: null }) }),
    t.strict({ mode: t.literal('float'), absolute: t.number, relative: t.number }),
  ],
  'Comparison',
)
export type Comparison = Readonly<t.TypeOf<typeof comparison>>

/** `expectedOutput` null: any output will do. `limits` only where they are not the submission's. */
const testCase = t.intersection(
  [
    t.strict({
      name: t.string,
      stdin: encodedBytes,
      args: t.readonlyArray(t.string),
      expectedOutput: t.union([encodedBytes, t.null]),
    }),
    t.exact(t.partial({ limits })),
  ],
  'TestCase',
)
export type TestCase = Readonly<t.TypeOf<typeof testCase>>

/** What a program is judged by: it is compiled once and run once for each case, in order. */
export const testPlan = t.strict(
  { cases: t.readonlyArray(testCase), comparison, stopOnFirstFailure: t.boolean },
  'TestPlan',
)
export type TestPlan = Readonly<t.TypeOf<typeof testPlan>>
