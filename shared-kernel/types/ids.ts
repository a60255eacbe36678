import * as t from 'io-ts'

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const uuid = <Name extends string>(name: Name) => {
  const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidPattern.test(value)
  return t.brand(t.string, (value): value is t.Branded<string, { readonly [K in Name]: symbol }> => isUuid(value), name)
}

export const submissionId = uuid('SubmissionId')
export type SubmissionId = t.TypeOf<typeof submissionId>

export const commandId = uuid('CommandId')
export type CommandId = t.TypeOf<typeof commandId>

export const eventId = uuid('EventId')
export type EventId = t.TypeOf<typeof eventId>
