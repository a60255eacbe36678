import * as t from 'io-ts'

/** One environment variable: how its text is read, what it is where it is absent or empty (null: unset), and what it is for. */
export type Variable<Value> = Readonly<{ codec: t.Type<Value, string, unknown>; standard: string; why: string }>

/** A codec of the text of a variable: `read` answers the value, or null where the text is not `expected`. */
export const textCodec = <Value>(
  expected: string,
  read: (text: string) => Value | null,
): t.Type<Value, string, unknown> => codecThatSays(value => `must be ${expected}, not "${value}"`, { expected, read })

/** The same of a text that may hold a password: what it is, is never repeated. */
export const secretCodec = <Value>(
  expected: string,
  read: (text: string) => Value | null,
): t.Type<Value, string, unknown> => codecThatSays(() => `must be ${expected}`, { expected, read })

const codecThatSays = <Value>(
  problem: (value: unknown) => string,
  { expected, read }: Readonly<{ expected: string; read: (text: string) => Value | null }>,
): t.Type<Value, string, unknown> =>
  new t.Type<Value, string, unknown>(
    expected,
    (_value): _value is Value => true,
    (value, context) => {
      const result = typeof value === 'string' ? read(value.trim()) : null
      return result === null ? t.failure(value, context, problem(value)) : t.success(result)
    },
    String,
  )

/** The codec of a variable that may be absent. */
export const withStandard = <Value>({ codec, standard }: Variable<Value>): t.Type<Value, string, unknown> =>
  new t.Type<Value, string, unknown>(
    codec.name,
    codec.is,
    (value, context) => codec.validate(value === undefined || value === '' ? standard : value, context),
    codec.encode,
  )

export const integerText = (minimum: number, maximum: number) =>
  textCodec(`an integer from ${minimum} to ${maximum}`, text => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return value >= minimum && value <= maximum ? value : null
  })

export const oneOf = <Name extends string>(...names: ReadonlyArray<Name>) =>
  textCodec(`one of ${names.join(', ')}`, text => names.find(name => name === text) ?? null)

/** One line per problem, each beginning with the variable's name. */
export const variableErrors = (errors: t.Errors): ReadonlyArray<string> =>
  errors.map(({ context, message }) => `${context.at(-1)?.key ?? ''} ${message ?? 'is not valid'}`)
