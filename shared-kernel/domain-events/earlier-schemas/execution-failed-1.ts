import * as t from 'io-ts'
import { upcaster } from '../../event-log/upcaster.ts'
import { positiveInteger } from '../../types/primitives.ts'
import { abandonReason } from '../execution-abandoned.ts'
import type { ExecutionFailed } from '../execution-failed.ts'

type LastCause = Pick<ExecutionFailed['data'], 'why' | 'detail'>

const data = t.strict({ attempts: positiveInteger, cause: t.string })

// It was written as `<why>: <detail>`; any other text is kept as it is.
const lastCause = (cause: string): LastCause => {
  const end = cause.indexOf(': ')
  const why = cause.slice(0, Math.max(0, end))
  return abandonReason.is(why) ? { why, detail: cause.slice(end + 2) } : { why: null, detail: cause }
}

/** Why the last attempt was given up stood in one text with its detail. */
export const executionFailed1 = upcaster({
  type: 'ExecutionFailed',
  schema: 1,
  from: data,
  step: ({ attempts, cause }): ExecutionFailed['data'] => ({ attempts, ...lastCause(cause) }),
})
