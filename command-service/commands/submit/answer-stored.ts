import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import type { Response } from 'express'
import type { Executed } from '../../execute.ts'

type Answer = Readonly<{ codeSubmissionId: string }> & Readonly<Record<string, unknown>>

/** 201 and where the result will be. A repeat is answered like the first time, and says so. */
export const answerStored = (response: Response, answer: Answer, { outcome, position }: Executed): void => {
  const token = position === null ? null : positionToken(position)
  if (token !== null) response.set('X-Position', token)
  if (outcome === 'repeated') response.set('Idempotent-Replayed', 'true')
  response
    .status(201)
    .location(`/api/result/${answer.codeSubmissionId}`)
    .json({ message: 'Code submission queued successfully', ...answer, positionToken: token })
}
