import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { openEvents } from '@runledger/shared-kernel/sealing/open-events.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { RequestHandler } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import { presentEvent } from '../audit/present-event.ts'
import { noParameters } from './no-parameters.ts'
import { submissionNotFound, unavailableNow } from './problems.ts'

const unavailable = unavailableNow('The event log cannot be read now')

/** `GET /api/submissions/:id/events`: everything that happened to a submission, abandoned attempts and all. */
export const getEvents =
  (log: Pick<EventLog, 'readStream'>, keyring: Pick<Keyring, 'keyOf'>): RequestHandler =>
  async (request, response) => {
    const id = submissionId.decode(request.params['id'])
    if (isLeft(id)) return sendProblem(response, submissionNotFound)
    const parameters = noParameters(request)
    if (isLeft(parameters)) return sendProblem(response, unprocessable(parameters.left))
    const events = await log.readStream(submissionStream(id.right), 1)()
    if (isLeft(events)) return sendProblem(response, unavailable)
    if (events.right.length === 0) return sendProblem(response, submissionNotFound)
    const opened = await openEvents(keyring)(events.right)()
    if (isLeft(opened)) return sendProblem(response, unavailable)
    response.set('Cache-Control', 'no-store').json({ submissionId: id.right, events: opened.right.map(presentEvent) })
  }
