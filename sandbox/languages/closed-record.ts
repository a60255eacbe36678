import { isRight } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** A record with exactly these members: where `t.strict` drops an unknown member silently, this refuses it by name. */
export const closedRecord = <Members extends t.Props>(members: Members, name: string) => {
  const record = t.strict(members, name)
  return new t.Type<t.TypeOf<typeof record>, t.OutputOf<typeof record>, unknown>(
    name,
    record.is,
    (input, context) => {
      const decoded = record.validate(input, context)
      const strangers = isRight(decoded) ? unknownMembers(input, members) : []
      return strangers.length === 0
        ? decoded
        : t.failure(input, context, `${name} has no member ${strangers.map(key => `"${key}"`).join(', ')}`)
    },
    record.encode,
  )
}

const unknownMembers = (input: unknown, members: t.Props): ReadonlyArray<string> =>
  Object.keys(input as object).filter(key => !Object.hasOwn(members, key))
