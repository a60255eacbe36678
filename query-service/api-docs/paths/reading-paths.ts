import { inHeader, inQuery, json, operation, type Paths, submissionIdInPath, text } from '../operation.ts'
import { integer, named, number, string, time } from '../schema.ts'

const wrong = [422, 503]
const unknown = [404, ...wrong]

const positionToken = inQuery('positionToken', string, 'Of a submission that the answer must know of')
const position = [positionToken, inHeader('X-Position', string, 'The same')]
const period = [inQuery('from', time), inQuery('to', time)]
const page = [inQuery('before', string, '`next` of the page before'), inQuery('limit', integer, '1 to 100')]

/** What the system can be asked. */
export const readingPaths: Paths = {
  '/api/result/{id}': {
    get: operation({
      summary: 'The result of a submission, now or as it was',
      parameters: [
        submissionIdInPath,
        inQuery('wait', number, 'Seconds to wait for the end, 0 to 60'),
        inQuery('version', integer, 'As it stood after so many events'),
        inQuery('at', time, 'As the log knew it then'),
        ...position,
      ],
      answers: {
        200: {
          description: 'The result, or that it is pending',
          content: { 'application/json': { schema: { anyOf: [named('Result'), named('PendingResult')] } } },
        },
      },
      refusals: unknown,
    }),
  },
  '/api/submissions': {
    get: operation({
      summary: 'The history, newest first',
      parameters: [
        inQuery('status', named('Status')),
        inQuery('lang', string),
        inQuery('outcome', named('Outcome')),
        ...[...period, ...page, ...position],
      ],
      answers: { 200: json('One page of it', 'History') },
      refusals: wrong,
    }),
  },
  '/api/submissions/{id}/events': {
    get: operation({
      summary: 'Everything that happened to a submission',
      parameters: [submissionIdInPath],
      answers: { 200: json('Its events, in order', 'Events') },
      refusals: unknown,
    }),
  },
  '/api/submissions/{id}/stream': {
    get: operation({
      summary: 'The same live, as Server-Sent Events',
      parameters: [
        submissionIdInPath,
        inQuery('lastEventId', integer, 'Go on behind this version'),
        inHeader('Last-Event-ID', integer, 'The same'),
      ],
      answers: { 200: text('`event` is the type, `id` the version', 'text/event-stream') },
      refusals: unknown,
    }),
  },
  '/api/submissions/{id}/replays': {
    get: operation({
      summary: 'Its replays, each compared with it',
      parameters: [submissionIdInPath, ...page],
      answers: { 200: json('One page of them, the latest first', 'Replays') },
      refusals: unknown,
    }),
  },
  '/api/audit/commits': {
    get: operation({
      summary: 'The whole log as it is stored',
      parameters: [inQuery('after', string, 'The last `cursor` that was read'), inQuery('limit', integer)],
      answers: { 200: text('A line of JSON for each `commit` and `cursor`', 'application/x-ndjson') },
      refusals: wrong,
    }),
  },
  '/api/statistics/languages': {
    get: operation({
      summary: 'Outcomes and times by language and hour',
      parameters: period,
      answers: { 200: json('By default of the last day', 'LanguageStatistics') },
      refusals: wrong,
    }),
  },
  '/api/usage': {
    get: operation({
      summary: 'Runs and CPU seconds by day',
      parameters: period,
      answers: { 200: json('By default of the last 30 days', 'UsageByDay') },
      refusals: wrong,
    }),
  },
  '/api/workers/activity': {
    get: operation({
      summary: 'What each worker did, and how much of it runs now',
      answers: { 200: json('All workers there were', 'WorkerActivity') },
      refusals: wrong,
    }),
  },
  '/api/languages': {
    get: operation({
      summary: 'What can be run here, and within which limits',
      answers: { 200: json('Each language', 'Languages') },
      refusals: [422],
    }),
  },
}
