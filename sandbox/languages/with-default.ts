import * as t from 'io-ts'

/** A member that may be left out of a file: it is then `value`. */
export const withDefault = <A, O>(codec: t.Type<A, O>, value: A) =>
  new t.Type<A, O, unknown>(
    codec.name,
    codec.is,
    (input, context) => (input === undefined ? t.success(value) : codec.validate(input, context)),
    codec.encode,
  )
