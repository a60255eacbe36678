import type { Content, Result } from './result.ts'
import { writtenText } from './written-text.ts'

const pendingMessage = 'Code execution is still pending'

const phase = ({ body }: Result): 'queued' | 'running' | 'done' => {
  if (body.status !== 'pending') return 'done'
  return body.started === null ? 'queued' : 'running'
}

const presentProgress = (result: Result) => {
  const { version, body } = result
  return {
    submissionId: body.submissionId,
    status: body.status,
    phase: phase(result),
    lang: body.requestedLanguage,
    language: {
      name: body.language,
      version: body.started?.languageVersion ?? null,
      image: body.started?.imageDigest ?? null,
    },
    limits: body.limits,
    compileLimits: body.compileLimits,
    attempt: body.attempt,
    replayOf: body.replayOf,
    receivedAt: body.receivedAt,
    startedAt: body.started?.at ?? null,
    completedAt: body.endedAt,
    version,
  }
}

const presentProgram = ({ input }: Content) =>
  input.form === 'code'
    ? { code: input.files[0]?.content ?? '', args: input.args }
    : { files: input.files, entry: input.entry, args: input.args }

const presentCompilation = ({ body }: Result, { output }: Content) => {
  if (body.compilation === null) return null
  const { texts, encoding } = writtenText(output, ['compiler'])
  const { exitCode, signal, truncated, usage, cached } = body.compilation
  return { exitCode, signal, output: texts[0] ?? '', encoding, truncated, usage, cached }
}

const presentVerdict = ({ body }: Result) => ({
  outcome: body.verdict?.outcome ?? (body.status === 'failed' ? 'internal_error' : null),
  reason: body.verdict?.reason ?? body.error,
  exitCode: body.verdict?.exitCode ?? null,
  signal: body.verdict?.signal ?? null,
  usage: body.verdict?.usage ?? null,
  truncated: body.verdict?.truncated ?? { stdout: false, stderr: false },
})

const presentError = ({ body }: Result) =>
  body.status === 'failed' ? { error: `The program could not be run: ${body.error}` } : {}

/** The answer to a client: progress while it is pending, everything once it has ended. */
export const presentResult = (result: Result): Readonly<Record<string, unknown>> => {
  const { content } = result
  if (content === null) return { message: pendingMessage, ...presentProgress(result) }
  const { texts, encoding } = writtenText(content.output, ['stdout', 'stderr'])
  return {
    ...presentProgram(content),
    stdInput: content.input.stdin.content,
    stdInputEncoding: content.input.stdin.encoding,
    stdOutput: texts[0] ?? '',
    stdError: texts[1] ?? '',
    encoding,
    ...presentProgress(result),
    ...presentVerdict(result),
    compile: presentCompilation(result, content),
    ...presentError(result),
  }
}
