import { named, type Schema, string } from './schema.ts'

type Parameter = Readonly<{
  in: 'path' | 'query' | 'header'
  name: string
  required: boolean
  schema: Schema
  description?: string
}>

/** One method of one path; `answers` are its successes by status, `refusals` the statuses of its Problems. */
type Described = Readonly<{
  summary: string
  parameters?: ReadonlyArray<Parameter>
  body?: Readonly<{ schema: Schema; isRequired: boolean }>
  answers: Readonly<Record<number, Answer>>
  refusals: ReadonlyArray<number>
}>

type Answer = Readonly<{ description: string; content: Readonly<Record<string, Readonly<{ schema: Schema }>>> }>

/** An operation as OpenAPI has it. */
export type Operation = Readonly<{
  summary: string
  parameters: ReadonlyArray<Parameter>
  requestBody?: Readonly<{ required: boolean; content: Answer['content'] }>
  responses: Readonly<Record<string, Answer>>
}>

/** What a path answers, by method in lower case. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

export const json = (description: string, schema: string): Answer => ({
  description,
  content: { 'application/json': { schema: named(schema) } },
})

export const text = (description: string, type: string): Answer => ({
  description,
  content: { [type]: { schema: string } },
})

const parameter =
  (place: Parameter['in']) =>
  (name: string, schema: Schema, description?: string): Parameter => ({
    ...{ in: place, name, required: place === 'path', schema },
    ...(description === undefined ? {} : { description }),
  })

export const inPath = parameter('path')
export const inQuery = parameter('query')
export const inHeader = parameter('header')

export const submissionIdInPath = inPath('id', { type: 'string', format: 'uuid' })

const whyRefused: Readonly<Record<number, string>> = {
  400: 'The request cannot be read, or lacks what it is about',
  404: 'There is no such submission, or it is not yours',
  409: 'Not as it is now; `error` says why',
  410: 'It was erased',
  413: 'The body is too large',
  415: 'The body is not JSON',
  422: 'A field is wrong; `errors` names it',
  503: 'Not now: come back after `Retry-After` seconds',
}

const refusal = (status: number): Answer => ({
  description: whyRefused[status] ?? 'Refused',
  content: { 'application/problem+json': { schema: named('Problem') } },
})

export const operation = ({ summary, parameters = [], body, answers, refusals }: Described): Operation => ({
  summary,
  parameters,
  ...(body === undefined
    ? {}
    : { requestBody: { required: body.isRequired, content: { 'application/json': { schema: body.schema } } } }),
  responses: { ...answers, ...Object.fromEntries(refusals.map(status => [status, refusal(status)])) },
})
