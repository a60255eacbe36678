import { type Problem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { NotAt } from '../read-models/result/read-past-result.ts'

/** Why a submission cannot be shown as it was then. */
export const notAt = ({ moment, events, receivedAt }: NotAt): Problem =>
  'version' in moment
    ? unprocessable([{ field: 'version', message: `is beyond the stream, which has ${events} events so far` }])
    : { status: 404, error: `The submission was not there yet at ${moment.at}: it was received at ${receivedAt}` }
