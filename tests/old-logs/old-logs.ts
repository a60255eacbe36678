/** A log as a release left it, packed as `<release>.sqlite.br`. */
export type OldLog = Readonly<{
  release: string
  logId: string
  /** Whether `<release>.ndjson.br` is what that release's own `log export` made of it. */
  wasExported: boolean
  commits: number
  /** Events by their type and schema, as they lie there. */
  events: Readonly<Record<string, number>>
}>

/** The logs that this version has to read, oldest first. README.md says how they came to be. */
export const oldLogs: ReadonlyArray<OldLog> = [
  {
    release: 'b98c5ed',
    logId: '84b28ff3-44e9-4569-b8c3-fbbcfb4c0ca9',
    wasExported: false,
    commits: 1142,
    events: {
      'CancellationRequested@1': 9,
      'CompilationCompleted@1': 75,
      'ExecutionAbandoned@1': 62,
      'ExecutionCompleted@1': 305,
      'ExecutionFailed@1': 10,
      'ExecutionStarted@1': 367,
      'OutputChunk@1': 276,
      'SubmissionCancelled@1': 9,
      'SubmissionReceived@1': 324,
    },
  },
  {
    release: '37a967f',
    logId: '7fed1c77-cfbd-4dca-9d0a-3331b6f35981',
    wasExported: true,
    commits: 1199,
    events: {
      'CancellationRequested@1': 9,
      'CompilationCompleted@1': 78,
      'ExecutionAbandoned@1': 62,
      'ExecutionCompleted@1': 323,
      'ExecutionFailed@1': 10,
      'ExecutionStarted@1': 385,
      'OutputChunk@1': 291,
      'SubmissionCancelled@1': 9,
      'SubmissionReceived@1': 342,
    },
  },
]
