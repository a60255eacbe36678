import { outcome } from '@runledger/shared-kernel/types/outcome.ts'
import { boolean, described, integer, list, named, nullable, object, oneOf, type Schema, string } from '../schema.ts'

const limitMembers = {
  cpuTimeMs: integer,
  wallTimeMs: integer,
  memoryBytes: integer,
  processes: integer,
  outputBytes: described('Of each stream', integer),
  fileBytes: integer,
  tmpfsBytes: integer,
  stackBytes: integer,
}

/** What several routes speak of. */
export const sharedSchemas: Readonly<Record<string, Schema>> = {
  Problem: described(
    'Problem Details (RFC 9457); `error` says it for people, `errors` names each field that is wrong',
    object({
      type: string,
      title: string,
      status: integer,
      detail: string,
      error: string,
      errors: list(object({ field: string, message: string })),
    }),
  ),
  Status: oneOf('pending', 'completed', 'failed', 'cancelled'),
  Outcome: oneOf(...Object.keys(outcome.keys)),
  Encoding: oneOf('utf8', 'base64'),
  Limits: described('Milliseconds and bytes', object(limitMembers)),
  WantedLimits: described('Those that are left out have their default', object({}, limitMembers)),
  OutputLimits: object({ files: integer, fileBytes: integer, totalBytes: integer }),
  Usage: object(
    {
      cpuMs: integer,
      wallMs: integer,
      memoryBytes: described('At the peak', integer),
      memorySource: oneOf('cgroup', 'rusage', 'sampled'),
    },
    { cpuUserMs: integer, cpuSystemMs: integer },
  ),
  Truncated: object({ stdout: boolean, stderr: boolean }),
  Language: object({ name: string, version: nullable(string), image: described('Its digest', nullable(string)) }),
  EncodedText: object({ content: string, encoding: named('Encoding') }),
}
