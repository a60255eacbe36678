import type { RunRequest } from '@runledger/sandbox/sandbox.ts'

const limits = {
  cpuTimeMs: 1_000,
  wallTimeMs: 1_000,
  memoryBytes: 1_000,
  processes: 1,
  outputBytes: 1_000_000,
  fileBytes: 1_000,
  tmpfsBytes: 1_000,
  stackBytes: 1_000,
}

/** What a fake sandbox may be asked to run. */
export const aRunRequest: RunRequest = {
  language: 'python',
  image: null,
  files: [],
  entry: 'main.py',
  args: [],
  stdin: new Uint8Array(),
  limits,
  compileLimits: limits,
  owner: { submission: 'fake', attempt: 1, budgetMs: 1_000 },
}
