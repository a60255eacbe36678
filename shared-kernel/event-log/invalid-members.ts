import type { Errors } from 'io-ts'

const path = (context: Errors[number]['context']): string =>
  context
    .map(({ key }) => key)
    .filter(key => key !== '')
    .join('.')

/** Where a value failed its codec: names of members only, since the values are somebody's code and output. */
export const invalidMembers = (errors: Errors): string =>
  [...new Set(errors.map(({ context }) => path(context) || 'the whole value'))].join(', ')
