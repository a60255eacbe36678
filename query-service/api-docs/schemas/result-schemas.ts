import {
  boolean,
  described,
  integer,
  list,
  named,
  nullable,
  object,
  oneOf,
  type Schema,
  string,
  time,
} from '../schema.ts'

const progress = {
  submissionId: string,
  status: named('Status'),
  phase: oneOf('queued', 'running', 'done'),
  lang: described('As it was sent', string),
  language: named('Language'),
  limits: described('Those that hold', named('Limits')),
  compileLimits: named('Limits'),
  attempt: described('The last one; 0 before the first', integer),
  replayOf: nullable(string),
  receivedAt: time,
  startedAt: nullable(time),
  completedAt: nullable(time),
  version: described('Of its stream: how many events there are', integer),
}

const howItEnded = {
  outcome: nullable(named('Outcome')),
  reason: nullable(string),
  exitCode: nullable(integer),
  signal: nullable(string),
  usage: nullable(named('Usage')),
  truncated: named('Truncated'),
}

const written = { stdOutput: string, stdError: string, encoding: described('Of both streams', named('Encoding')) }

const compilation = object(
  {
    exitCode: nullable(integer),
    signal: nullable(string),
    truncated: boolean,
    usage: named('Usage'),
    cached: boolean,
  },
  { output: string, encoding: named('Encoding') },
)

const replay = nullable(object({ of: string, image: nullable(oneOf('original', 'current')) }))

/** A result, while it is pending and once it has ended. */
export const resultSchemas: Readonly<Record<string, Schema>> = {
  TestResult: object({ name: string, ...howItEnded, ...written }),
  OutputFile: object({
    name: string,
    size: described('What the program left, of which `content` is the beginning where `truncated`', integer),
    content: described('base64', string),
    truncated: boolean,
  }),
  PendingResult: object({ message: string, ...progress, replay }, { outputLimits: named('OutputLimits') }),
  Result: object(
    { ...progress, ...howItEnded, compile: nullable(compilation), replay },
    {
      ...written,
      code: string,
      files: list(object({ name: string, content: string, encoding: named('Encoding') })),
      entry: string,
      args: list(string),
      stdInput: string,
      stdInputEncoding: named('Encoding'),
      error: described('Where it has failed: why', string),
      erased: described('What was sent and written is gone', { const: true }),
      testSummary: object({ total: integer, run: integer, passed: integer }),
      tests: list(named('TestResult')),
      outputLimits: named('OutputLimits'),
      outputPatterns: list(string),
      outputs: nullable(list(named('OutputFile'))),
      omittedOutputs: list(object({ name: string, reason: string })),
      omittedOutputCount: integer,
    },
  ),
}
