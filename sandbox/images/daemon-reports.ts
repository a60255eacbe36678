import { StringDecoder } from 'node:string_decoder'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const daemonReport = t.partial({
  stream: t.string,
  status: t.string,
  error: t.string,
  aux: t.partial({ ID: t.string }),
})

/** One line of what the daemon says while it builds, pulls or imports. */
export type DaemonReport = t.TypeOf<typeof daemonReport>

/** The daemon's reports as they come. Rejects where one says `error`, or where none comes for `silenceMs`. */
export async function* daemonReports(
  stream: NodeJS.ReadableStream,
  silenceMs: number,
): AsyncGenerator<DaemonReport, void> {
  for await (const line of lines(notSilent(stream, silenceMs))) {
    const report = E.getOrElse((): DaemonReport => ({ stream: line }))(daemonReport.decode(JSON.parse(line)))
    if (report.error !== undefined) throw new Error(report.error)
    yield report
  }
}

/** Reads the reports to their end. */
export const daemonDone = async (stream: NodeJS.ReadableStream, silenceMs: number): Promise<void> => {
  const reports = daemonReports(stream, silenceMs)
  while ((await reports.next()).done !== true);
}

async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk)).split('\n')
    rest = parts.pop() ?? ''
    yield* parts.filter(part => part.trim() !== '')
  }
  if (rest.trim() !== '') yield rest
}

async function* notSilent(stream: NodeJS.ReadableStream, silenceMs: number): AsyncGenerator<Buffer, void> {
  const iterator = stream[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await within(iterator.next(), silenceMs)
      if (next.done === true) return
      yield Buffer.from(next.value)
    }
  } finally {
    ;(stream as NodeJS.ReadableStream & { destroy?: () => void }).destroy?.()
  }
}

const within = async <A>(answer: Promise<A>, ms: number): Promise<A> => {
  const { promise: silence, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`the Docker daemon said nothing for ${ms / 1000} s`)), ms)
  try {
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
  }
}
