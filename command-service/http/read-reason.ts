import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { textThat } from '@runledger/shared-kernel/types/text.ts'
import * as t from 'io-ts'

const longestReason = 1_000

const reason = textThat('a string', value =>
  value.length > longestReason ? `must be at most ${longestReason} characters` : null,
)

/** The body of a request that may say why it is made, and nothing else. */
export const readReason = strictly(t.exact(t.partial({ why: reason }), 'a JSON object'))
