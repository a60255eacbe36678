import { openapi } from '@runledger/query-service/api-docs/openapi.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { OnAnswer } from './client.ts'

// What is documented is all there is: a member more is as wrong as one that is missing.
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const members = Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, closed(member)]))
  return 'properties' in schema ? { ...members, additionalProperties: false } : members
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
ajv.addSchema(closed(openapi) as object, 'openapi')

const patterns = Object.keys(openapi.paths).map(path => ({
  path,
  pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}))

// Of paths that fit, the one with the fewest gaps.
const pathOf = (asked: string): string | undefined =>
  patterns
    .filter(({ pattern }) => pattern.test(asked))
    .map(({ path }) => path)
    .toSorted((a, b) => a.split('{').length - b.split('{').length)[0]

const pointer = (...segments: ReadonlyArray<string>): string =>
  segments.map(segment => encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')

/** Why an answer is not as `/docs` has it; null where it is. */
const undocumented = (
  method: 'get' | 'post',
  asked: string,
  { status, type, body }: Readonly<{ status: number; type: string; body: unknown }>,
): string | null => {
  const path = pathOf(asked.replace(/\?.*/, ''))
  if (path === undefined) return status === 404 ? null : `${asked} is not documented`
  const answer = openapi.paths[path]?.[method]?.responses[status]
  if (answer === undefined) return `${status} is not documented for ${method} ${path}`
  if (answer.content[type] === undefined) return `${status} of ${method} ${path} is not documented to be ${type}`
  const place = pointer('paths', path, method, 'responses', String(status), 'content', type, 'schema')
  const validate = ajv.getSchema(`openapi#/${place}`)
  if (validate === undefined) return `there is no schema at ${place}`
  return validate(body) ? null : `${status} of ${method} ${asked}: ${ajv.errorsText(validate.errors)}`
}

/** Throws where an answer is not as `/docs` has it. */
export const expectDocumented: OnAnswer = (method, path, { status, headers, body }) => {
  const type = (headers.get('content-type') ?? '').replace(/;.*/, '')
  const problem = undocumented(method, path, { status, type, body })
  if (problem !== null) throw new Error(problem)
}
