import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

type Complaint = (value: string) => string | null

/**
 * A codec of strings that have a UTF-8 form (JSON can also spell lone surrogates, which have none) and about which
 * `complaint` has nothing to say; what it says stands after the name of the field.
 */
export const textThat = (name: string, complaint: Complaint): t.Type<string, string, unknown> => {
  const problem: Complaint = value =>
    value.isWellFormed() ? complaint(value) : 'must be well-formed Unicode, without lone surrogates'
  return new t.Type<string, string, unknown>(
    name,
    (value): value is string => typeof value === 'string' && problem(value) === null,
    (value, context) => {
      if (typeof value !== 'string') return t.failure(value, context)
      const message = problem(value)
      return message === null ? E.right(value) : t.failure(value, context, message)
    },
    value => value,
  )
}

export const text = textThat('a string', () => null)
