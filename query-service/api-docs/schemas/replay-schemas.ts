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
  time,
} from '../schema.ts'

const pair = (value: Schema): Schema => object({ original: value, replay: value, same: boolean })

const exit = pair(object({ exitCode: nullable(integer), signal: nullable(string) }))

const difference = {
  offset: described('In bytes', integer),
  original: named('EncodedText'),
  replay: named('EncodedText'),
}

const output = object({ same: boolean, firstDifference: nullable(object({ stream: string, ...difference })) })

const changes = (what: Schema): Schema =>
  nullable(object({ same: boolean, changed: integer, firstDifference: nullable(what) }))

const measured = object({ original: number, replay: number, ratio: nullable(number) })

const replay = object(
  {
    submissionId: string,
    status: named('Status'),
    receivedAt: time,
    completedAt: nullable(time),
    ranOn: nullable(oneOf('original', 'current')),
    same: described('null: there is nothing to compare, or not yet', nullable(boolean)),
  },
  {
    outcome: pair(nullable(string)),
    exit,
    output,
    tests: changes(object({ name: string, outcome: pair(nullable(string)), exit, output })),
    files: changes(object({ name: string, size: pair(nullable(integer)), content: nullable(object(difference)) })),
    compilerOutput: output,
    image: pair(nullable(string)),
    languageVersion: pair(nullable(string)),
    usage: nullable(object({ cpuMs: measured, wallMs: measured, memoryBytes: measured })),
    erased: { const: true },
  },
)

const original = object(
  {
    submissionId: string,
    status: named('Status'),
    outcome: nullable(named('Outcome')),
    language: named('Language'),
    receivedAt: time,
    completedAt: nullable(time),
  },
  { erased: { const: true } },
)

/** Replays beside their original. */
export const replaySchemas: Readonly<Record<string, Schema>> = {
  Replays: object({ original, replays: list(replay), next: nullable(string) }),
}
