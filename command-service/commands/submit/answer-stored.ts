import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { sendJson } from '@runledger/shared-kernel/http/send-json.ts'
import type { Response } from 'express'
import type { Executed } from '../../execute.ts'

type Answer = Readonly<{ codeSubmissionId: string }> & Readonly<Record<string, unknown>>

/** 201 and where the result will be. A repeat is answered like the first time, and says so. */
export const answerStored = (response: Response, answer: Answer, { outcome, position }: Executed): void => {
  const token = position === null ? null : positionToken(position)
  if (token !== null) response.setHeader('X-Position', token)
  if (outcome === 'repeated') response.setHeader('Idempotent-Replayed', 'true')
  response.status(201).setHeader('Location', `/api/result/${answer.codeSubmissionId}`)
  sendJson(response, { message: 'Code submission queued successfully', ...answer, positionToken: token })
}
