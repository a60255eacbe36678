/** A JSON Schema (2020-12), as OpenAPI 3.1 has them. */
export type Schema = Readonly<{ [keyword: string]: unknown }>

type Members = Readonly<Record<string, Schema>>

export const string: Schema = { type: 'string' }
export const integer: Schema = { type: 'integer' }
export const number: Schema = { type: 'number' }
export const boolean: Schema = { type: 'boolean' }
export const time: Schema = { type: 'string', format: 'date-time' }

export const described = (description: string, schema: Schema): Schema => ({ ...schema, description })

export const oneOf = (...values: ReadonlyArray<string>): Schema => ({ type: 'string', enum: values })

export const list = (items: Schema): Schema => ({ type: 'array', items })

export const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

/** Values of any names. */
export const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values })

/** All of `members` are there; those of `optional` need not be. */
export const object = (members: Members, optional: Members = {}): Schema => ({
  type: 'object',
  properties: { ...members, ...optional },
  required: Object.keys(members),
})

/** One of the document's named schemas. */
export const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
