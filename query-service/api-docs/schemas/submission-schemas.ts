import {
  boolean,
  described,
  integer,
  list,
  named,
  nullable,
  number,
  object,
  oneOf,
  type Schema,
  string,
} from '../schema.ts'

const files = list(object({ name: string, content: string }, { encoding: named('Encoding') }))

const testCase = object(
  {},
  {
    name: string,
    stdin: string,
    args: list(string),
    expectedOutput: string,
    encoding: described('Of `stdin` and `expectedOutput`', named('Encoding')),
    limits: named('WantedLimits'),
  },
)

/** What commands take, and what they answer. */
export const submissionSchemas: Readonly<Record<string, Schema>> = {
  Submission: object(
    { lang: described('Name or alias of a language', string) },
    {
      code: described('Exactly one of `code` and `files` is given', string),
      files,
      entry: described('Of `files`, the one to start from', string),
      stdInput: string,
      stdInputEncoding: named('Encoding'),
      args: list(string),
      compileArgs: described('Those of the allow-list of the language', list(string)),
      limits: named('WantedLimits'),
      compileLimits: named('WantedLimits'),
      tests: described('At most 1,000: compiled once, run for each', list(testCase)),
      expectedOutput: described('The same as one test', string),
      comparison: oneOf('exact', 'trimmed', 'tokens', 'float'),
      tolerance: object({}, { absolute: number, relative: number }),
      stopOnFirstFailure: boolean,
      outputs: described('Patterns of the files to keep: `*`, `?`, `**`', list(string)),
      outputLimits: object({}, { files: integer, fileBytes: integer, totalBytes: integer }),
    },
  ),
  Submitted: object(
    { message: string, codeSubmissionId: string },
    {
      positionToken: described('A later read with it sees this submission', nullable(string)),
      replayOf: string,
    },
  ),
  Batch: object({ submissions: list(described('Each is taken or refused by itself', {})) }),
  BatchAnswer: object({
    submissions: list({
      anyOf: [object({ codeSubmissionId: string, positionToken: nullable(string) }), named('Problem')],
    }),
  }),
  Why: object({}, { why: string }),
  Cancelled: object({ message: string, codeSubmissionId: string, status: oneOf('cancelled', 'pending') }),
  Erased: object({ message: string, codeSubmissionId: string, erased: { const: true } }),
  WantedReplay: object({}, { image: oneOf('original', 'current') }),
}
