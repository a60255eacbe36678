import type { ServerResponse } from 'node:http'

/**
 * Answers JSON as Express would, without looking for what nothing here has: entity tags, settings, other charsets. For
 * what every submission is answered with.
 */
export const sendJson = (response: ServerResponse, body: unknown): void => {
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.end(JSON.stringify(body))
}
