import { isUtf8 } from 'node:buffer'
import express, { type RequestHandler } from 'express'
import { type Problem, sendProblem } from './problem.ts'

const jsonTypes = ['application/json', 'application/*+json']

/**
 * Reads a JSON body of at most `maxBytes`, counted after decompression, into `request.body`. Bytes that are not UTF-8 are
 * refused rather than repaired: what was sent is what will run. No body at all reads as an empty object.
 */
export const jsonBody = (maxBytes: number): ReadonlyArray<RequestHandler> => [
  checkMediaType,
  express.raw({ type: () => true, limit: maxBytes }),
  parseJson,
]

const checkMediaType: RequestHandler = (request, response, next) => {
  const isEmpty = request.headers['content-length'] === '0'
  const problem = isEmpty ? null : mediaTypeProblem(request.get('content-type') ?? '', request.is(jsonTypes))
  if (problem === null) next()
  else sendProblem(response, problem)
}

const mediaTypeProblem = (contentType: string, matched: string | false | null): Problem | null => {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  if (matched === false) return { status: 415, error: 'The body must be application/json' }
  return /^utf-?8$/i.test(charset) ? null : { status: 415, error: 'The body must be encoded as UTF-8' }
}

const parseJson: RequestHandler = (request, response, next) => {
  const parsed = parsedJson(request.body)
  if (parsed === null) return sendProblem(response, { status: 400, error: 'The body is not valid JSON' })
  request.body = parsed.value
  next()
}

const parsedJson = (bytes: unknown): Readonly<{ value: unknown }> | null => {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return { value: {} }
  if (!isUtf8(bytes)) return null
  try {
    return { value: JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) }
  } catch {
    return null
  }
}
