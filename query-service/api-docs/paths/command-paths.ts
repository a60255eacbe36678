import { inHeader, json, operation, type Paths, submissionIdInPath } from '../operation.ts'
import { named, string } from '../schema.ts'

const unreadable = [400, 413, 415, 422, 503]

const idempotencyKey = inHeader('Idempotency-Key', string, 'Makes a retry safe: the same key is the same submission')

const needed = (schema: string) => ({ schema: named(schema), isRequired: true })
const optional = (schema: string) => ({ schema: named(schema), isRequired: false })

/** What the system can be told. */
export const commandPaths: Paths = {
  '/api/submit': {
    post: operation({
      summary: 'Submit a program to be run',
      parameters: [idempotencyKey],
      body: needed('Submission'),
      answers: { 200: json('It was submitted before', 'Submitted'), 201: json('It is on the record', 'Submitted') },
      refusals: [...unreadable, 409],
    }),
  },
  '/api/submissions/batch': {
    post: operation({
      summary: 'Submit up to 100 programs; each is taken or refused by itself',
      parameters: [idempotencyKey],
      body: needed('Batch'),
      answers: { 201: json('What became of each, in order', 'BatchAnswer') },
      refusals: unreadable,
    }),
  },
  '/api/submissions/{id}/cancel': {
    post: operation({
      summary: 'End a submission that has not ended by itself',
      parameters: [submissionIdInPath],
      body: optional('Why'),
      answers: { 200: json('It is cancelled', 'Cancelled'), 202: json('It is being stopped', 'Cancelled') },
      refusals: [...unreadable, 404, 409],
    }),
  },
  '/api/submissions/{id}/erase': {
    post: operation({
      summary: 'Delete what was sent and written, for ever',
      parameters: [submissionIdInPath],
      body: optional('Why'),
      answers: { 200: json('It is gone', 'Erased') },
      refusals: [...unreadable, 404, 409],
    }),
  },
  '/api/submissions/{id}/replay': {
    post: operation({
      summary: 'Run it again, as a submission of its own',
      parameters: [submissionIdInPath, idempotencyKey],
      body: optional('WantedReplay'),
      answers: { 200: json('It was asked for before', 'Submitted'), 201: json('It is on the record', 'Submitted') },
      refusals: [...unreadable, 404, 409, 410],
    }),
  },
}
