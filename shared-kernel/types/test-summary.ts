import * as t from 'io-ts'
import { naturalNumber } from './primitives.ts'

/** Cases of a submission: all of them, those that were run, and of those the ones that passed. */
export const testSummary = t.strict({ total: naturalNumber, run: naturalNumber, passed: naturalNumber }, 'TestSummary')
