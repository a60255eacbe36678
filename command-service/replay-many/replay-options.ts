import { parseArgs } from 'node:util'
import { submissionId } from '@runledger/shared-kernel/types/ids.ts'
import { outcome } from '@runledger/shared-kernel/types/outcome.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const most = (maximum: number) =>
  new t.Type<number, string, unknown>(
    `a number from 1 to ${maximum}`,
    (value): value is number => typeof value === 'number',
    (value, context) => {
      const read = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : 0
      return read >= 1 && read <= maximum ? t.success(read) : t.failure(value, context)
    },
    String,
  )

const instant = new t.Type<string, string, unknown>(
  'a time as in 2026-01-31 or 2026-01-31T12:00:00Z',
  (value): value is string => typeof value === 'string',
  (value, context) => {
    const time = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN
    return Number.isNaN(time) ? t.failure(value, context) : t.success(new Date(time).toISOString())
  },
  String,
)

const httpUrl = t.refinement(t.string, value => /^https?:$/.test(URL.parse(value)?.protocol ?? ''), 'an HTTP URL')

const ids = t.readonlyArray(submissionId, 'ids of submissions')

const given = t.intersection([
  t.strict({ ids, concurrency: most(256), url: httpUrl, image: t.keyof({ original: null, current: null }) }),
  t.exact(t.partial({ since: instant, until: instant, language: t.string, outcome, limit: most(1_000_000) })),
])

/** Which submissions are replayed: those named, else those that the history has of this time, language and outcome. */
export type ReplayOptions = t.TypeOf<typeof given>

export const usage = `npm run replay -- --since <time> [--until <time>] [--language <name>] [--outcome <outcome>] [--limit <n>]
npm run replay -- <submission id> ...
  --image current|original  run on the image of now (default) or on the one of then, where it is still there
  --concurrency <n>         replays under way at a time (4)
  --url <url>               where Runledger serves (http://127.0.0.1:3005)`

const option = { type: 'string' } as const

const parsed = (argv: ReadonlyArray<string>) =>
  E.tryCatch(
    () =>
      parseArgs({
        args: [...argv],
        allowPositionals: true,
        options: {
          since: option,
          until: option,
          language: option,
          outcome: option,
          limit: option,
          image: { ...option, default: 'current' },
          concurrency: { ...option, default: '4' },
          url: { ...option, default: 'http://127.0.0.1:3005' },
        },
      }),
    error => E.toError(error).message,
  )

const complaint = (errors: t.Errors): string =>
  errors
    .slice(0, 1)
    .map(({ context, value }) => {
      const path = context.map(({ key }) => key).filter(key => key !== '' && !/^\d+$/.test(key))
      const name = path[0] === 'ids' ? 'a submission id' : `--${path[0]}`
      return `${name} cannot be ${String(value)}: must be ${path[0] === 'ids' ? 'a UUID' : context.at(-1)?.type.name}`
    })
    .join('')

/** Reads the command line; left says what is wrong with it. */
export const readReplayOptions = (argv: ReadonlyArray<string>): E.Either<string, ReplayOptions> => {
  const read = parsed(argv)
  if (E.isLeft(read)) return read
  const { values, positionals } = read.right
  const decoded = given.decode({ ...values, ids: positionals })
  if (E.isLeft(decoded)) return E.left(complaint(decoded.left))
  const { ids, since } = decoded.right
  if (ids.length === 0 && since === undefined) return E.left('say --since, or name submissions')
  return ids.length > 0 && since !== undefined ? E.left('say either --since or ids, not both') : decoded
}
