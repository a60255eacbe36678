import * as t from 'io-ts'

const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null])

/** A page of `GET /api/submissions`, as far as it concerns replays. */
export const historyPage = t.type(
  {
    submissions: t.readonlyArray(
      t.intersection([t.type({ submissionId: t.string }), t.partial({ replayOf: nullable(t.string) })]),
    ),
    next: nullable(t.string),
  },
  'HistoryPage',
)

export const taken = t.type({ codeSubmissionId: t.string }, 'Taken')

export const resultStatus = t.type({ status: t.string }, 'ResultStatus')

const excerpt = t.type({ content: t.string, encoding: t.string })

const difference = { offset: t.number, original: excerpt, replay: excerpt }

const output = t.type({ firstDifference: nullable(t.type({ stream: t.string, ...difference })) })

const pair = <C extends t.Mixed>(codec: C) => t.type({ original: codec, replay: codec, same: t.boolean })

const exit = pair(t.type({ exitCode: nullable(t.number), signal: nullable(t.string) }))

const tests = t.type({
  firstDifference: nullable(t.type({ name: t.string, outcome: pair(nullable(t.string)), exit, output })),
})

const files = t.type({
  firstDifference: nullable(
    t.type({ name: t.string, size: pair(nullable(t.number)), content: nullable(t.type(difference)) }),
  ),
})

const compared = t.type(
  {
    submissionId: t.string,
    status: t.string,
    same: t.boolean,
    outcome: pair(nullable(t.string)),
    exit,
    output,
    tests: nullable(tests),
    files: nullable(files),
    image: pair(nullable(t.string)),
  },
  'ComparedReplay',
)
export type ComparedReplay = t.TypeOf<typeof compared>

const pending = t.type({ submissionId: t.string, same: t.null }, 'PendingReplay')

/** A page of `GET /api/submissions/:id/replays`. */
export const replaysPage = t.type(
  { replays: t.readonlyArray(t.union([compared, pending])), next: nullable(t.string) },
  'ReplaysPage',
)

export const isCompared = (replay: t.TypeOf<typeof compared> | t.TypeOf<typeof pending>): replay is ComparedReplay =>
  replay.same !== null
