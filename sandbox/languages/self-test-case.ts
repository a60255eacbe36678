import { chain } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { closedRecord } from './closed-record.ts'
import { withDefault } from './with-default.ts'

/** Text kept in the file as an array of its lines. */
const lines = new t.Type<string, ReadonlyArray<string>, unknown>(
  'Lines',
  t.string.is,
  (input, context) =>
    pipe(
      t.readonlyArray(t.string).validate(input, context),
      chain(all => t.success(all.map(line => `${line}\n`).join(''))),
    ),
  text => text.split('\n').slice(0, -1),
)

const outcome = t.keyof({ success: null, runtime_error: null, compile_error: null }, 'SelfTestOutcome')

/**
 * A program whose outcome is known, run when an image is built and before it is used. `code` is the entry file, `files`
 * go beside it; `stdout` and `exitCode` are null where any will do.
 */
export const selfTestCase = closedRecord(
  {
    name: t.string,
    code: lines,
    files: withDefault(t.readonlyArray(closedRecord({ name: t.string, content: lines }, 'SelfTestFile')), []),
    stdin: withDefault(t.string, ''),
    args: withDefault(t.readonlyArray(t.string), []),
    outcome: withDefault(outcome, 'success'),
    exitCode: withDefault(t.union([t.number, t.null]), null),
    stdout: withDefault(t.union([t.string, t.null]), null),
  },
  'SelfTestCase',
)
export type SelfTestCase = t.TypeOf<typeof selfTestCase>
