import { commandPaths } from './paths/command-paths.ts'
import { operatorPaths } from './paths/operator-paths.ts'
import { readingPaths } from './paths/reading-paths.ts'
import { readingSchemas } from './schemas/reading-schemas.ts'
import { replaySchemas } from './schemas/replay-schemas.ts'
import { resultSchemas } from './schemas/result-schemas.ts'
import { sharedSchemas } from './schemas/shared-schemas.ts'
import { submissionSchemas } from './schemas/submission-schemas.ts'

/** The HTTP interface of all services together, as OpenAPI has it. */
export const openapi = {
  openapi: '3.1.0',
  info: {
    title: 'Runledger',
    version: '0.1.0',
    description: 'Runs code you do not trust, and keeps every run on the record.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  paths: { ...commandPaths, ...readingPaths, ...operatorPaths },
  components: {
    schemas: { ...submissionSchemas, ...resultSchemas, ...replaySchemas, ...readingSchemas, ...sharedSchemas },
  },
}
